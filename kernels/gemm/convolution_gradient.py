"""The gradient of a convolution's weights, around the weight-gradient tile."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array, Ints, kernel
from tui_dl.kernels.core.lanes import LANES, TILE
from tui_dl.kernels.core.vectors import load, total
from tui_dl.kernels.gemm.tile import weight_gradient_tile

GRADIENT_ROWS, TAPS = TILE.gradient_rows, TILE.taps
NEAR = 128  # positions in one pass: their rows of dy stay in the L1 cache


@kernel(
    "void(f4[::1], i8, f4[::1], i8, i8, i8[::1], f4[::1], i8, i8[::1], i8[::1], f4[::1], i8[::1],"
    " i8, i8)"
)
def convolution_gradient(
    dw: Array,
    dw_block: int,
    dy: Array,
    dy_block: int,
    dy_row: int,
    dy_positions: Ints,
    x: Array,
    x_block: int,
    offsets: Ints,
    x_positions: Ints,
    sums: Array,
    starts: Ints,
    blocks: int,
    rows: int,
) -> None:
    """dw[b, r, t] = sum over q and lanes of dy[b, r, q] * x[b, x_positions[q] + offsets[t]].

    Every block of samples has its own sum. dy[b, r, q] begins at
    ``b * dy_block + r * dy_row + dy_positions[q]``; dw[b] is (rows, offsets) at ``b * dw_block``.
    `sums` and `starts` are scratch arrays, made by `convolution_gradient_scratch`.
    """
    taps = offsets.size
    # Rows and taps past the end repeat the last one; their sums are dropped.
    for t in range(starts.size - GRADIENT_ROWS):
        starts[GRADIENT_ROWS + t] = offsets[min(t, taps - 1)]
    for block in range(blocks):
        for r in range(0, rows, GRADIENT_ROWS):
            for i in range(GRADIENT_ROWS):
                starts[i] = min(r + i, rows - 1) * dy_row
            sums[:] = 0
            for q in range(0, x_positions.size, NEAR):
                for t in range(0, taps, TAPS):
                    weight_gradient_tile(
                        sums, t * GRADIENT_ROWS * LANES, dy, block * dy_block, starts, dy_positions,
                        x, block * x_block, starts, GRADIENT_ROWS + t, x_positions,
                        q, min(NEAR, x_positions.size - q),
                    )  # fmt: skip
            for t in range(taps):
                tile, tap = t // TAPS, t % TAPS
                for i in range(min(GRADIENT_ROWS, rows - r)):
                    at = ((tile * GRADIENT_ROWS + i) * TAPS + tap) * LANES
                    dw[block * dw_block + (r + i) * taps + t] = total(load(sums, at))


def convolution_gradient_scratch(taps: int) -> tuple[Array, Ints]:
    """Arrays `sums` and `starts` of `convolution_gradient` for so many offsets."""
    padded = -(-taps // TAPS) * TAPS
    return zeros(padded * GRADIENT_ROWS * LANES), np.empty(GRADIENT_ROWS + padded, np.int64)
