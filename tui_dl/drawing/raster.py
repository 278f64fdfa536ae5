"""Lines as braille: the dots on their way, the cells they are in, and the sign of a cell."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Dot = tuple[int, int]  # column and row of dots, from the lower left corner
Ints = npt.NDArray[np.int64]
Cells = dict[Dot, int]  # the bits of a cell's dots, by its column and row
ACROSS, UP = 2, 4  # dots of a cell
EMPTY = 0x2800  # braille without dots
BITS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))  # of a column's dots, from the bottom
_BITS = np.array(BITS)
SHARED = "shared"  # the style of cells that two lines go through


def dots_of(line: list[Dot]) -> Ints:
    """The dots on the way from each of a line's corners to the next, (dots, 2)."""
    corners = np.array(line).reshape(-1, 2)
    ways = np.diff(corners, axis=0)
    steps = np.abs(ways).max(axis=1, initial=0)
    slopes = ways / np.maximum(steps, 1)[:, None]
    at = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    starts, slopes = np.repeat(corners[:-1], steps, axis=0), np.repeat(slopes, steps, axis=0)
    between = (starts + at[:, None] * slopes).astype(np.int64)
    return np.concatenate([between, corners[-1:]])


def cells_of(line: list[Dot]) -> Cells:
    """The dots of a line, by cell."""
    if not line:
        return {}
    x, y = dots_of(line).T
    column, row = x // ACROSS, y // UP
    left, bottom = column.min(), row.min()
    cells = np.zeros((column.max() - left + 1, row.max() - bottom + 1), np.int64)
    np.bitwise_or.at(cells, (column - left, row - bottom), _BITS[x % ACROSS, y % UP])
    columns, rows = cells.nonzero()
    places = zip((columns + left).tolist(), (rows + bottom).tolist(), strict=True)
    return dict(zip(places, cells[columns, rows].tolist(), strict=True))


def braille(dots: int) -> str:
    """The sign of a cell with these dots."""
    return chr(EMPTY | dots)


def shared(lines: Iterable[Cells]) -> Cells:
    """The cells that more than one line goes through, with the dots of all of these lines."""
    found: Cells = {}
    seen: Cells = {}
    for cells in lines:
        for cell, dots in cells.items():
            if cell in seen:
                found[cell] = seen[cell] | dots
            seen[cell] = seen.get(cell, 0) | dots
    return found
