"""Distinct values, membership, median and quantiles of numbers, by sorting them.

The same as `np.unique`, `np.isin`, `np.median` and `np.quantile`. Those import `numpy.ma`, which
takes longer than to look at a small table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.floating[Any]]

COUNTED = 1_000  # whole numbers below it are counted, not sorted


def distinct_numbers(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The distinct values of an array of one dimension, rising; NaN, or NaT, once and last."""
    return counted_numbers(values)[0]


def counted_numbers(values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp]]:
    """The distinct values as `distinct_numbers` has them, and how often each is there."""
    if len(values) and values.dtype == np.float64 and values.min() >= 0 and values.max() < COUNTED:
        whole = values.astype(np.intp)
        if (whole == values).all():  # most columns of numbers, in a tenth of the time of sorting
            counts = np.bincount(whole)
            found = np.flatnonzero(counts)
            return found.astype(np.float64), counts[found]
    ordered = np.sort(values)
    is_new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    if len(ordered) and ordered[-1] != ordered[-1]:
        is_new[np.searchsorted(ordered, ordered[-1]) + 1 :] = False
    starts = np.flatnonzero(is_new)
    return ordered[starts], np.diff(starts, append=len(ordered))


def is_in(values: npt.NDArray[Any], among: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether each value is one of `among`; neither has NaN."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    ordered = np.sort(among)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = ordered[places] == values
    return found


def median(values: Doubles) -> float:
    """The median of one or more numbers without NaN."""
    middle = len(values) // 2
    ordered = np.partition(values, (max(middle - 1, 0), middle))
    return float(ordered[middle if len(values) % 2 else slice(middle - 1, middle + 1)].mean())


def quantiles(values: Doubles, shares: Sequence[float] | Doubles) -> Doubles:
    """(shares,) quantiles of one or more numbers without NaN, linear between two neighbours.

    With numpy's rounding: an interpolation from the nearer neighbour.
    """
    places = (len(values) - 1) * np.array(shares)
    lower = places.astype(np.intp)
    upper = np.minimum(lower + 1, len(values) - 1)
    ordered = np.partition(values, np.concatenate([lower, upper]))
    low, high, part = ordered[lower], ordered[upper], places - lower
    return np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))
