"""Clearing the padding after the end of a sequence, which layers that look across time need.

A layer that computes each time step from the same one alone may leave anything in the padding. One
that reads several time steps clears the padding of its input first, and that of the gradient that
it computes for its input.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Array, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call


def without_padding(array: Any, lengths: Tokens, blocks: slice) -> list[Call]:
    """Calls that set `array` to 0 after the ends of sequences; none if it has no time axis."""
    if array is None or array.ndim != 4:
        return []
    return [partial(clear_padding, flat(array[blocks]), flat(lengths[blocks]), array.shape[1])]


@kernel("void(f4[::1], i4[::1], i8)")
def clear_padding(x: Array, lengths: Tokens, times: int) -> None:
    """x[b, t, f, lane] = 0 where t is not below the lane's length."""
    blocks = lengths.size // LANES
    step = x.size // (blocks * times)
    for block in range(blocks):
        own = lengths[block * LANES : (block + 1) * LANES]
        shortest = times
        for lane in range(LANES):
            shortest = min(shortest, own[lane])
        for t in range(shortest, times):
            at = (block * times + t) * step
            for i in range(at, at + step, LANES):
                for lane in range(LANES):
                    if t >= own[lane]:
                        x[i + lane] = 0
