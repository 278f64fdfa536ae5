"""The vertical axis of a chart: what values its rows show, with labels on every few rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

from tui_dl.drawing.ticks import (
    EPSILON,
    LABEL,
    LEAST,
    NEAR,
    decade_labels,
    figure_label,
    tick_labels,
    ticks,
)

DOTS = 4  # rows of braille dots in a cell
AXIS_WIDTH = LABEL + 2  # cells of the labels, a blank and a line: the same for all charts
MOST_LABELS = 7
LEAST_APART = 3  # rows between labels that are always considered: few rows are then well filled
WASTE = 0.1  # of the axis, that may be given away for it to reach 0,
PERCENT_WASTE = 0.25  # or 0 and 100 %
LEAST_SHARE = 0.05  # of one, that an axis of percent spans
LEAST_PART = 2e-3  # of a value, that an axis spans: a label has three digits or four
LEAST_LOG = 0.01
DECADES = (1, 2, 3, 5, 10, 20, 50, 100, 200)  # between two labels
FEW_DECADES = (
    2.5  # up to so many, the labels are DIGITS times powers of ten, the first of them first
)
DIGITS = (1, 5, 2, 3, 7, 1.5, 4, 6, 8)


@dataclass(frozen=True)
class YAxis:
    """Row `index`, from the bottom, has the value `bottom + index * per_row` in its middle.

    Attributes:
        bottom: the value in the middle of the lowest row.
        per_row: how much more it is in the next row.
        rows: how many there are.
        labels: rows, and what is written there.
    """

    bottom: float
    per_row: float
    rows: int
    labels: tuple[tuple[int, str], ...]

    def dots(self, values: Iterable[float]) -> list[int]:
        """The rows of braille dots of values, from the bottom; -1 below all, 4 `rows` above."""
        bottom, per_row, top = self.bottom, self.per_row, float(DOTS * self.rows)
        places = (DOTS * (value - bottom) / per_row + DOTS / 2 for value in values)
        return [floor(min(max(place, -1.0), top) + NEAR) for place in places]


def linear_axis(low: float, high: float, rows: int, percent: bool = False) -> YAxis:
    """An axis from `low` to `high`, and to 0 or 100 % where that takes few rows.

    Labels are equally far apart: the value of a row divides their distance.
    """
    low, high = _natural(low, high, percent)
    tight = (high - low) / max(rows - 1, 1)
    power = 10.0 ** floor(log10(tight))
    steps = [power * digit * 10.0**more for more in range(6) for digit in (1, 2, 5)]
    others = []
    for step, apart in _candidates(steps, tight, rows):
        first = _bottom_row(low, high, step / apart, rows, to_top=percent and high > 1 - EPSILON)
        if first is None:
            continue
        values = {
            row: (first + row) // apart * step for row in range(rows) if not (first + row) % apart
        }
        if percent:
            values = {row: it for row, it in values.items() if -EPSILON < it < 1 + EPSILON}
        if len(values) < 2:
            continue
        labels = tick_labels([*values.values()], percent)
        axis = YAxis(
            first * step / apart, step / apart, rows, tuple(zip(values, labels, strict=True))
        )
        if len({*labels}) == len(labels) and max(map(len, labels)) <= LABEL:
            return axis
        others.append(axis)
    found = others[0] if others else YAxis(low, tight, rows, ())
    return replace(found, labels=tuple(it for it in found.labels if len(it[1]) <= LABEL))


def log_axis(low: float, high: float, rows: int) -> YAxis:
    """An axis of logarithms to the base 10, with labels at decades, or at 1, 2, 5 within a few."""
    low, high = _widened(low, high, LEAST_LOG)
    tight = (high - low) / max(rows - 1, 1)
    if high - low > FEW_DECADES:
        for step, apart in _candidates(DECADES, tight, rows):
            first = _bottom_row(low, high, step / apart, rows)
            if first is not None:
                places = [row for row in range(rows) if not (first + row) % apart]
                powers = [(first + row) // apart * round(step) for row in places]
                labels = zip(places, decade_labels(powers), strict=True)
                short = tuple(it for it in labels if len(it[1]) <= LABEL)
                return YAxis(first * step / apart, step / apart, rows, short)
    found: dict[int, float] = {}
    apart = max(rows // MOST_LABELS, 2)
    for value in _digits(low, high):  # the most important first
        row = round((log10(value) - low) / tight)
        if all(abs(row - other) >= apart for other in found):
            found[row] = value
    if len(found) > 1:
        return YAxis(low, tight, rows, tuple((row, figure_label(it)) for row, it in found.items()))
    values = [it for it in ticks(10.0**low, 10.0**high, MOST_LABELS) if it > 0]
    places = [round((log10(it) - low) / tight) for it in values]
    shown = zip(places, tick_labels(values), strict=True) if len(values) > 1 else ()
    fitting = {row: text for row, text in shown if 0 <= row < rows and len(text) <= LABEL}
    return YAxis(low, tight, rows, tuple(fitting.items()))


def _digits(low: float, high: float) -> Iterator[float]:
    """`DIGITS` times powers of ten, whose logarithms are from `low` to `high`."""
    for digit in DIGITS:
        for power in range(floor(low) - 1, ceil(high) + 1):
            value = float(f"{digit}e{power}")
            if value > 0 and low <= log10(value) <= high:
                yield value


def _candidates(steps: Sequence[float], tight: float, rows: int) -> list[tuple[float, int]]:
    """Distances of labels in values and in rows, which leave the least room unused first."""
    fewest = max(ceil(rows / MOST_LABELS), 2 if rows > 3 else 1)
    distances = range(fewest, max(fewest, rows // 2, min(LEAST_APART, rows - 1)) + 1)
    pairs = [(float(step), apart) for step in steps for apart in distances]
    wide = [(step, apart) for step, apart in pairs if step / apart >= tight * (1 - EPSILON)]
    return sorted(wide, key=lambda pair: (pair[0] / pair[1], pair[1]))


def _bottom_row(
    low: float, high: float, per_row: float, rows: int, to_top: bool = False
) -> int | None:
    """Which multiple of `per_row` is at the bottom, or None where `high` is above the top."""
    first, last = floor(low / per_row + EPSILON), ceil(high / per_row - EPSILON)
    if last - first > max(rows - 1, 1):
        return None
    return last - max(rows - 1, 1) if to_top else first


def _natural(low: float, high: float, percent: bool) -> tuple[float, float]:
    """The range up to 0, and to 100 %, where that wastes little."""
    if not percent:
        if 0 < low <= WASTE * high:
            low = 0.0
        elif 0 > high >= WASTE * low:
            high = 0.0
        return _widened(low, high, max(LEAST_PART * max(abs(low), abs(high)), LEAST))
    low, high = (min(max(it, 0.0), 1.0) for it in (low, high))
    if 1 - high <= PERCENT_WASTE * (1 - low):
        high = 1.0
    if low <= PERCENT_WASTE * high:
        low = 0.0
    low, high = _widened(low, high, LEAST_SHARE)
    beyond = max(high - 1, 0.0) + min(low, 0.0)
    return low - beyond, high - beyond


def _widened(low: float, high: float, least: float) -> tuple[float, float]:
    """The range, or one of the width `least` around it."""
    missing = max(least - (high - low), 0.0) / 2
    return low - missing, high + missing
