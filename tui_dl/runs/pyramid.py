"""A long series as the lowest and the highest value of blocks of 64, 128, 256 ... values."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tui_dl.runs.growing import Growing
from tui_dl.runs.reduce import Places, extremes, join, reduced

BASE = 64  # values of the smallest block
KEPT = 1 << 16  # values at the beginning that are kept, each of them

Series = npt.NDArray[np.float32]


class Pyramid:
    """Values that are added at the end, and reduced for any end and any size of blocks.

    Reduced values depend on the values before that end only: what is added later changes nothing.
    Blocks are aligned, so that those of the past stand still while the series grows.
    """

    def __init__(self) -> None:
        self.count = 0
        self._beginning = Growing(np.float32)
        self._rest = np.empty(0, np.float32)  # of a block that is not whole yet
        self._levels: list[_Level] = []  # blocks of BASE values, of twice as many, and so on

    def extend(self, values: npt.NDArray[np.floating]) -> None:
        """Add values."""
        if room := max(KEPT - len(self._beginning), 0):
            self._beginning.extend(values[:room])
        with np.errstate(over="ignore"):
            rest = np.append(self._rest, values.astype(np.float32))
        first = self.count - len(self._rest)
        self.count += len(values)
        whole = len(rest) // BASE * BASE
        self._rest = rest[whole:].copy()
        places = np.arange(first, first + whole)
        self._add(0, *extremes(places, rest[:whole], BASE))

    def _add(self, level: int, places: Places, values: Series) -> None:
        """Add blocks to a level, and their pairs to those above it."""
        if not len(places):
            return
        if level == len(self._levels):
            self._levels.append(_Level())
        own = self._levels[level]
        own.places.extend(places)
        own.values.extend(values)
        paired = own.paired
        own.paired = len(own.places) // 4 * 4  # two points a block, two blocks a pair
        new = slice(paired, own.paired)
        self._add(level + 1, *extremes(own.places.values[new], own.values.values[new], 4))

    def line(
        self, end: int, size: int, read: Callable[[int, int], Series]
    ) -> tuple[Places, Series]:
        """The first `end` values, reduced to two a block of `size`, and where they stand.

        Args:
            end: at most `count`.
            size: a power of two; of a series longer than KEPT, at least BASE.
            read: returns the values between two places, at most BASE of them.
        """
        if end <= KEPT:
            return reduced(np.arange(end), self._beginning.values[:end], size)
        size = max(size, BASE)
        at = end // size * size
        parts = [self._level(size, 0, at)]
        while size > BASE:
            size //= 2
            if end - at >= size:
                parts.append(self._level(size, at, at + size))
                at += size
        at = min(at, end - 1)  # the last value is a point of its own
        tail = np.arange(at, end), read(at, end)
        past, *rest = [*parts, tail]
        places, values = join(rest)
        ends = (np.array([0]), self._beginning.values[:1]), (tail[0][-1:], tail[1][-1:])
        return join([past, extremes(places, values, max(len(places), 1)), *ends])

    def _level(self, size: int, first: int, end: int) -> tuple[Places, Series]:
        """The points of the blocks of `size` from `first` to `end`."""
        level = (size // BASE).bit_length() - 1
        if level >= len(self._levels):
            return np.empty(0, np.intp), np.empty(0, np.float32)
        own, part = self._levels[level], slice(first // size * 2, end // size * 2)
        return own.places.values[part], own.values.values[part]


class _Level:
    """Two points for each block of one size: its lowest and its highest value, in order."""

    def __init__(self) -> None:
        self.places = Growing(np.intp)
        self.values = Growing(np.float32)
        self.paired = 0  # points that the level above has
