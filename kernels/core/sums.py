"""Sums of gradients over lanes and over blocks."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, total


@kernel("void(f4[::1], f4[::1], i8, i8, i8)")
def row_sums(db: Array, dy: Array, blocks: int, rows: int, groups: int) -> None:
    """db[b, r] = sum of dy[b, g, r, ...] over g and the last axes; dy is (b, groups, rows, ...)."""
    inner = dy.size // (blocks * groups * rows)
    for block in range(blocks):
        for r in range(rows):
            sums = broadcast(np.float32(0))
            for group in range(groups):
                at = ((block * groups + group) * rows + r) * inner
                for i in range(at, at + inner, LANES):
                    sums = sums + load(dy, i)
            db[block * rows + r] = total(sums)


@kernel("void(f4[::1], f4[::1], i8, i8, i8)")
def sum_blocks(summed: Array, by_block: Array, blocks: int, part: int, parts: int) -> None:
    """summed[i] = sum over b of by_block[b, i], in block order, for one of `parts` shares of i.

    The order of the sum is fixed, so that results do not depend on the number of threads.
    """
    size = summed.size
    first, last = part * size // parts, (part + 1) * size // parts
    for i in range(first, last):
        summed[i] = by_block[i]
    for block in range(1, blocks):
        for i in range(first, last):
            summed[i] += by_block[block * size + i]


def sum_weights(
    dw: dict[str, Array], by_block: dict[str, Array], blocks: int, part: int, parts: int
) -> list[Call]:
    """One of `parts` shares of summing gradients by name, (blocks, size of the weights) each."""
    return [
        partial(sum_blocks, flat(summed), flat(by_block[name]), blocks, part, parts)
        for name, summed in dw.items()
    ]
