"""Reduces values to the extremes of each block, so that no spike is lost, or to medians."""

from __future__ import annotations

from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]
Values = npt.NDArray[Any]  # floating-point numbers


def block_size(per_column: float) -> int:
    """The power of two that is nearest to `per_column` values: what a chart's column shows."""
    return 1 << max(round(log2(per_column)), 0) if per_column > 1 else 1


def extremes(places: Places, values: Values, size: int) -> tuple[Places, Values]:
    """The lowest and the highest of every `size` values, in order, and where they stand.

    Where all are the same it is the first and the last. Values that are not finite are taken only
    where there are no others.
    """
    rows = values.reshape(-1, size)
    finite = np.isfinite(rows)
    low = np.where(finite, rows, np.inf).argmin(axis=1)
    high = np.where(finite, rows, -np.inf).argmax(axis=1)
    first, last = np.minimum(low, high), np.maximum(low, high)
    last[first == last] = size - 1
    picks = (np.stack([first, last], axis=1) + size * np.arange(len(rows))[:, None]).ravel()
    return places[picks], values[picks]


def reduced(places: Places, values: Values, size: int) -> tuple[Places, Values]:
    """The extremes of every `size` values and of those that are left, the first and the last.

    Values that are not finite are left out.
    """
    finite = np.flatnonzero(np.isfinite(values))
    if size < 2 or not len(finite):
        return places[finite], values[finite]
    whole = len(values) // size * size
    past = extremes(places[:whole], values[:whole], size)
    rest = places[whole:], values[whole:]
    now = extremes(*rest, len(rest[0])) if len(rest[0]) else rest
    ends = finite[[0, -1]]
    return join([past, now, (places[ends], values[ends])])


def join(parts: list[tuple[Places, Values]]) -> tuple[Places, Values]:
    """The points of all parts that are finite, in order, each once."""
    places = np.concatenate([part[0] for part in parts])
    values = np.concatenate([part[1] for part in parts])
    finite = np.isfinite(values)
    chosen, first = np.unique(places[finite], return_index=True)
    return chosen, values[finite][first]


# numpy's own of these two import its masked arrays, which takes longer than all curves do.


def distinct(places: Places) -> Places:
    """The places in order, each once."""
    ordered = np.sort(places)
    found: Places = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def medians(values: Values, axis: int) -> Values:
    """The medians along an axis; NaN where one of the values is."""
    ordered, size = np.sort(values, axis), values.shape[axis]
    middle = np.take(ordered, [(size - 1) // 2, size // 2], axis).mean(axis)
    found: Values = np.where(np.isnan(np.take(ordered, -1, axis)), np.nan, middle)
    return found
