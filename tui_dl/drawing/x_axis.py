"""The horizontal axis of a chart: which part of a run it shows, in epochs, steps or seconds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import floor
from typing import Literal

from tui_dl.drawing.ticks import EPSILON, NEAR, decimals_of, ticks, time_ticks
from tui_dl.runs.view import NO_POINTS, Points
from tui_dl.support.formatting import duration, in_seconds, whole

Unit = Literal["epoch", "step", "time"]
UNITS: tuple[Unit, ...] = ("epoch", "step", "time")
DOTS = 2  # columns of braille dots in a cell
COLUMNS_A_TICK = 10
SHORT_TIME = 120.0  # seconds that are not written as minutes


@dataclass(frozen=True)
class XAxis:
    """From the epoch `first` to the epoch `last`, in one of the units.

    Places are in epochs everywhere outside of this class.

    Attributes:
        first: the epoch at its beginning.
        last: the epoch at its end, a later one.
        unit: what its labels say, and what it is linear in.
        per_epoch: steps of an epoch.
        seconds: of training, after some of the epochs that are shown.
        labels: places and what is written there, instead of numbers.
    """

    first: float = 0.0
    last: float = 1.0
    unit: Unit = "epoch"
    per_epoch: int = 1
    seconds: Points = NO_POINTS
    labels: tuple[tuple[float, str], ...] = ()

    def value(self, epoch: float) -> float:
        """An epoch in the axis's unit."""
        if self.unit == "time":
            return _between(epoch, *self.seconds)
        return epoch * self.per_epoch if self.unit == "step" else epoch

    def epoch(self, value: float) -> float:
        """The epoch at a value of the axis."""
        if self.unit == "time":
            return _between(value, *self.seconds[::-1])
        return value / self.per_epoch if self.unit == "step" else value

    @property
    def ends(self) -> tuple[float, float]:
        """The first and the last value, which are never the same."""
        first, last = self.value(self.first), self.value(self.last)
        return first, last if last > first else first + max(abs(first) * 1e-6, 1e-6)

    def dots(self, epochs: list[float], columns: int) -> list[int]:
        """The columns of braille dots at epochs, from 0, of an axis that is `columns` wide."""
        first, last = self.ends
        scale = (DOTS * columns - 1) / (last - first)
        values = epochs if self.unit == "epoch" else map(self.value, epochs)
        return [floor(0.5 + NEAR + (it - first) * scale) for it in values]

    def column(self, epoch: float, columns: int) -> int:
        """The column at an epoch."""
        return self.dots([epoch], columns)[0] // DOTS

    def epoch_at(self, column: int, columns: int) -> float:
        """The epoch in the middle of a column."""
        first, last = self.ends
        share = (DOTS * column + 0.5) / max(DOTS * columns - 1, 1)
        return self.epoch(first + share * (last - first))

    def shows(self, epoch: float) -> bool:
        """Whether an epoch is on the axis."""
        return self.first <= epoch <= self.last

    def ticks(self, columns: int) -> list[tuple[int, str]]:
        """Columns of the labels and the labels, evenly spaced."""
        if self.labels:
            return [(self.column(at, columns), label) for at, label in self.labels]
        first, last = self.ends
        values = _ticks(self.unit, first, last, columns // COLUMNS_A_TICK + 1)
        labels = _labels(self.unit, values)
        columns_of = (self.column(self.epoch(it), columns) for it in values)
        return [*zip(columns_of, labels, strict=True)]


def _ticks(unit: Unit, first: float, last: float, most: int) -> list[float]:
    """Round values between both ends: whole epochs and steps where there are two of them."""
    is_time = unit == "time" and last - first > SHORT_TIME
    values = (time_ticks if is_time else ticks)(first, last, most)
    off = EPSILON * (last - first)  # that a multiple of the distance may be
    inside = [
        min(max(value, first), last) for value in values if first - off <= value <= last + off
    ]
    wholes = [value for value in inside if value == round(value)]
    if unit != "time" and (len(wholes) > 1 or last - first >= 2):
        inside = wholes
    if len(inside) > 1:
        return inside
    return [first, float(floor(last))] if floor(last) > first else [first, last]


def _labels(unit: Unit, values: list[float]) -> list[str]:
    """What is written at values of the axis."""
    decimals = decimals_of(values[1] - values[0])
    if unit == "time" and values[-1] > SHORT_TIME:
        return [duration(value) for value in values]
    if unit == "step" and not decimals:
        return [whole(value) for value in values]
    texts = [f"{value:.{decimals}f}" if decimals else f"{value:g}" for value in values]
    return [in_seconds(text) for text in texts] if unit == "time" else texts


def _between(at: float, xs: list[float], ys: list[float]) -> float:
    """The value at `at` on the line from (0, 0) through points, at their mean pace after them."""
    if not xs:
        return at
    place = bisect_right(xs, at)
    if 0 < place < len(xs):
        (x, end), (y, top) = xs[place - 1 : place + 1], ys[place - 1 : place + 1]
        return y + (top - y) * ((at - x) / (end - x))
    x, y = (xs[0], ys[0]) if place == 0 else (xs[-1], ys[-1])
    return y + (at - x) * (y / x if x > 0 and y > 0 else 1.0)
