"""The range of a chart's vertical axis: a few extreme values must not flatten all others."""

from __future__ import annotations

from math import isfinite

OUTLIERS = 20  # one value in so many may be left out,
ENOUGH = 10  # where there are so many
WILD = 10.0  # times the span or the size of the others
FURTHEST = 1e99  # from zero that an axis reaches


def span(values: list[float]) -> tuple[float, float]:
    """The lowest and the highest of `values` that are no outliers; 0 and 0 where there are none."""
    ordered = sorted(bounded(value) for value in values if isfinite(value))
    if not ordered:
        return 0.0, 0.0
    few = max(1, len(ordered) // OUTLIERS) if len(ordered) >= ENOUGH else 0
    low, high = ordered[few], ordered[-1 - few]
    reach = WILD * max(high - low, abs(low), abs(high))
    inside = [value for value in ordered if low - reach <= value <= high + reach]
    return inside[0], inside[-1]


def bounded(value: float) -> float:
    """`value`, or as far from zero as an axis reaches."""
    return max(-FURTHEST, min(value, FURTHEST))
