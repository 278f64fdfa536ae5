"""The range of a chart's vertical axis: a few spikes must not flatten the curves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite

OUTLIERS = 20  # one value in so many may be left out at each end,
ENOUGH = 10  # where there are so many
NEAR = 1.0  # times the span of the others: further away they flatten the curve
WILD = 10.0  # times the span or the size of the others: no beginning or end reaches so far
FAR = 100.0  # times the size of the other lines: beside such a one they are all one flat line
ALONE, ALONE_LOG = 0.5, 0.3  # of single points: of their size, or in decades
FURTHEST = 1e99  # from zero that an axis reaches


def span(
    lines: Iterable[Sequence[float]], outliers: bool = False, far_lines: bool = True
) -> tuple[float, float]:
    """The lowest and the highest value of all lines; 0 and 0 where there are none.

    Values far from the others of their line are left out, unless `outliers` are wanted. Where a
    line begins or ends with such values they are no outliers: so it falls at first, or diverges.
    Without `far_lines`, of lines that reach far beyond all others only what is near them counts.
    """
    found = []
    for line in lines:
        values = [bounded(value) for value in line if isfinite(value)]
        if inside := values if outliers else _inside(values):
            found.append(inside)
    if not far_lines:
        found = _near(found)
    return min(map(min, found), default=0.0), max(map(max, found), default=0.0)


def around(low: float, high: float, log: bool) -> tuple[float, float]:
    """A range in which values of no line that goes anywhere yet are not far apart for nothing."""
    least = ALONE_LOG if log else ALONE * max(abs(low), abs(high))
    missing = max(least - (high - low), 0.0) / 2
    return low - missing, high + missing


def has_outliers(lines: Iterable[Sequence[float]]) -> bool:
    """Whether an axis leaves values out."""
    lines = [*lines]
    return span(lines) != span(lines, outliers=True)


def _inside(values: list[float]) -> list[float]:
    """The values of one line that are no outliers."""
    if not values:
        return []
    ordered = sorted(values)
    few = max(1, len(ordered) // OUTLIERS) if len(ordered) >= ENOUGH else 0
    low, high = ordered[few], ordered[-1 - few]
    near, wild = NEAR * (high - low), WILD * max(high - low, abs(low), abs(high))
    places = [at for at, it in enumerate(values) if low - near <= it <= high + near]
    first, last = places[0], places[-1]
    ends = [it for it in values[:first] + values[last + 1 :] if low - wild <= it <= high + wild]
    return ends + [values[at] for at in places]


def _near(lines: list[list[float]]) -> list[list[float]]:
    """The lines; of one that reaches `FAR` beyond all smaller ones, what is near those."""
    near: list[list[float]] = []
    size = 0.0  # of the lines so far, of which the next one is larger
    for line in sorted(lines, key=_size):
        if 0 < size < _size(line) / FAR:
            near.append([it for it in line if abs(it) <= WILD * size])
        else:
            size = _size(line)
            near.append(line)
    return [line for line in near if line]


def _size(line: list[float]) -> float:
    """How far a line reaches from zero."""
    return max(map(abs, line))


def bounded(value: float) -> float:
    """`value`, or as far from zero as an axis reaches."""
    return max(-FURTHEST, min(value, FURTHEST))
