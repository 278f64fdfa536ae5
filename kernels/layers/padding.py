"""Time steps behind a sequence's end, which pad it: layers that look across time read zeros there.

A layer that makes each time step of the same one alone may leave anything there. One that does not
calls this on what it reads, and on the gradient it makes of that.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Array, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call


def without_padding(array: Any, lengths: Tokens, blocks: slice) -> list[Call]:
    """Make `array` 0 behind the ends of these shards' sequences; nothing where it has no time."""
    if array is None or array.ndim != 4:
        return []
    return [partial(clear_padding, flat(array[blocks]), flat(lengths[blocks]), array.shape[1])]


@kernel("void(f4[::1], i4[::1], i8)")
def clear_padding(x: Array, lengths: Tokens, times: int) -> None:
    """x[s, t, f, lane] = 0 where t is not below the lane's length."""
    blocks = lengths.size // LANES
    step = x.size // (blocks * times)
    for s in range(blocks):
        own = lengths[s * LANES : (s + 1) * LANES]
        for t in range(own.min(), times):
            at = (s * times + t) * step
            for i in range(at, at + step, LANES):
                for lane in range(LANES):
                    if t >= own[lane]:
                        x[i + lane] = 0
