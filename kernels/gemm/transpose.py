"""Transposing (features, lanes) to (lanes, features), LANES x LANES numbers at a time."""

from __future__ import annotations

from tui_dl.kernels.core.jit import Array, inline, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import load, store
from tui_dl.kernels.gemm.shuffles import transpose_tile


@kernel("void(f4[::1], f4[::1], i8, i8)")
def transpose(y: Array, x: Array, features: int, row: int) -> None:
    """y[n, lane, f] = x[n, f, lane]; a row of y has `row` numbers, the first `features` are set."""
    for n in range(x.size // (features * LANES)):
        to, at = n * row * LANES, n * features * LANES
        if features < LANES:
            for f in range(features):
                for lane in range(LANES):
                    y[to + lane * row + f] = x[at + f * LANES + lane]
        else:
            for start in range(0, features, LANES):
                f = min(start, features - LANES)  # the last tile overlaps the one before it
                transpose_tile(y, to + f, row, x, at + f * LANES, LANES)


@inline
def transpose_tiles(y: Array, y_at: int, row: int, x: Array, x_at: int, tiles: int) -> None:
    """Transpose one (tiles * LANES, LANES) array at x_at; a row of y has `row` numbers."""
    for f in range(0, tiles * LANES, LANES):
        transpose_tile(y, y_at + f, row, x, x_at + f * LANES, LANES)


@inline
def transpose_and_sum(
    y: Array, y_at: int, row: int, sums: Array, sums_at: int, x: Array, x_at: int, tiles: int
) -> None:
    """`transpose_tiles`, and sums[f] += the sum over lanes of x[f]."""
    for f in range(0, tiles * LANES, LANES):
        total = transpose_tile(y, y_at + f, row, x, x_at + f * LANES, LANES)
        store(sums, sums_at + f, load(sums, sums_at + f) + total)
