"""Which of some outputs is a network's answer: the first of the largest, as argmax has it."""

from __future__ import annotations

from typing import Any

from numpy import float32

from tui_dl.kernels.core.jit import Array, inline
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import broadcast, load, where_equal, where_greater


@inline
def largest(x: Array, at: int, count: int) -> Any:
    """The largest of `count` vectors from ``x[at]`` on, lane by lane, and its number as a float.

    Of equal ones it is the first one's. It is -1 where any is NaN, and then the largest of those
    that are not, or NaN, is given.
    """
    top, place = load(x, at), broadcast(float32(0))
    sound, broken = broadcast(float32(1)), broadcast(float32(0))
    sound = where_equal(top, top, sound, broken)
    for i in range(1, count):
        value = load(x, at + i * LANES)
        place = where_greater(value, top, broadcast(float32(i)), place)
        top = where_greater(value, top, value, top)
        sound = where_equal(value, value, sound, broken)
    return top, where_equal(sound, broken, broadcast(float32(-1)), place)
