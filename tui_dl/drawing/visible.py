"""The part of a curve that is on a chart: cut off at both ends of its horizontal axis."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import isfinite, log10
from typing import NamedTuple

from tui_dl.drawing.value_range import bounded
from tui_dl.runs.view import Points

LEAST_POWER = -99.0  # of ten that a log axis reaches, as far down as up


class Visible(NamedTuple):
    """A curve between two places.

    Attributes:
        points: those between them, by place.
        path: the same, and where the curve enters and leaves.
    """

    points: Points
    path: Points


def visible(points: Points, first: float, last: float, log: bool) -> Visible:
    """The points between `first` and `last` that have a value, or its logarithm to the base 10."""
    pairs = [
        (x, max(log10(bounded(y)), LEAST_POWER) if log else bounded(y))
        for x, y in zip(*points, strict=True)
        if isfinite(x) and isfinite(y) and (y > 0 or not log)
    ]
    pairs.sort(key=lambda pair: pair[0])
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    begin, end = bisect_left(xs, first), bisect_right(xs, last)
    inside = xs[begin:end], ys[begin:end]

    def crossing(place: int, at: float) -> Points:
        """The point at `at` on the way to the one at `place`; none where no way leads there."""
        if not 0 < place < len(xs):
            return [], []
        share = (at - xs[place - 1]) / (xs[place] - xs[place - 1])
        return [at], [ys[place - 1] + share * (ys[place] - ys[place - 1])]

    entry, exit_ = crossing(begin, first), crossing(end, last)
    return Visible(inside, (entry[0] + inside[0] + exit_[0], entry[1] + inside[1] + exit_[1]))
