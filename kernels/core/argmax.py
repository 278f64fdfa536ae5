"""The class that a network predicts: the first of the largest outputs, as in NumPy's argmax."""

from __future__ import annotations

from typing import Any

from numpy import float32

from tui_dl.kernels.core.jit import Array, inline
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import broadcast, load, where_equal, where_greater


@inline
def largest(x: Array, at: int, count: int) -> Any:
    """Lane by lane, the largest of `count` vectors from ``x[at]`` on, and its index as a float.

    Among equal ones the index is that of the first. It is -1 in a lane with a NaN, where the value
    is NaN or the largest of the others.
    """
    top, index = load(x, at), broadcast(float32(0))
    valid, invalid = broadcast(float32(1)), broadcast(float32(0))
    valid = where_equal(top, top, valid, invalid)
    for i in range(1, count):
        value = load(x, at + i * LANES)
        index = where_greater(value, top, broadcast(float32(i)), index)
        top = where_greater(value, top, value, top)
        valid = where_equal(value, value, valid, invalid)
    return top, where_equal(valid, invalid, broadcast(float32(-1)), index)
