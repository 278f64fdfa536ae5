"""Reduce a curve to the lowest and the highest value of each column, so that no spike is lost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]


def reduce_min_max(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """At most ``2 * columns + 2`` of the points: each column's lowest and highest, first and last.

    `x` rises; points keep their order. Values that are not finite are left out.
    """
    finite = np.isfinite(y)
    if not finite.all():
        x, y = x[finite], y[finite]
    if len(y) <= 2 * columns:
        return np.asarray(x), np.asarray(y)
    starts = np.linspace(0, len(y), columns, endpoint=False).astype(np.intp)
    ends = np.append(starts[1:], len(y))
    picks = {0, len(y) - 1}
    for start, end in zip(starts, ends, strict=True):
        part = y[start:end]
        picks.add(int(start + part.argmin()))
        picks.add(int(start + part.argmax()))
    chosen = np.array(sorted(picks))
    return x[chosen], y[chosen]
