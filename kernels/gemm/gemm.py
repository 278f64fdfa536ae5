"""Products of weights and inputs, in tiles that fit into the registers.

A dense layer, a convolution and a recurrent step differ only in two tables: `offsets` says where
the k-th input of an output is, `positions` where the inputs of the q-th output begin. Both count
floats and are multiples of LANES.
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Ints, inline, kernel
from tui_dl.kernels.core.lanes import TILE
from tui_dl.kernels.gemm.tile import gemm_tile

NO_BIAS = np.empty(0, np.float32)
ROWS, COLUMNS = TILE.rows, TILE.columns


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8[::1], i8, i8, i8, i8, i8, i8)")
def gemm(
    y: Array,
    x: Array,
    panels: Array,
    bias: Array,
    offsets: Ints,
    positions: Ints,
    blocks: int,
    y_block: int,
    y_row: int,
    y_column: int,
    x_block: int,
    relu: int,
) -> None:
    """y[b, r, q] = bias[r] + sum over k of weights[r, k] * x[b, positions[q] + offsets[k]].

    `panels` are the weights as `pack` lays them out. With an empty `bias` the sum is added to `y`;
    unless `relu` is 0, a negative y becomes 0.
    Element (b, r, q) of `y` is the LANES numbers at ``b * y_block + r * y_row + q * y_column``;
    block b of `x` begins at ``b * x_block``.
    """
    for block in range(blocks):
        _tiles(
            y, block * y_block, y_row, y_column, panels, bias,
            x, block * x_block, offsets, positions, relu,
        )  # fmt: skip


@kernel("void(f4[::1], f4[::1], f4[::1], i8, i8, f4[::1], i8[::1], i8[::1], i8, i8)")
def gemm_rows(
    y: Array,
    x: Array,
    weights: Array,
    rows: int,
    w_row: int,
    bias: Array,
    offsets: Ints,
    positions: Ints,
    y_row: int,
    y_column: int,
) -> None:
    """`gemm` of one block with unpacked weights: (r, k), r < rows, is ``weights[k * w_row + r]``.

    The weights are far apart in memory and the inputs close together, so the outer loop is over a
    few rows and the inner one over positions, two at a time: with three, the tile would load more
    than it multiplies.
    """
    depth, count = offsets.size, -(-rows // ROWS)
    for panel in range(count):
        first, last = panel * rows // count, (panel + 1) * rows // count
        q = 0
        while q < positions.size:
            left = positions.size - q
            columns = left if left <= COLUMNS else min(COLUMNS, 2)
            gemm_tile(
                y, first * y_row + q * y_column, y_row, y_column, weights, first, w_row,
                bias, first, x, 0, offsets, depth, positions, q, last - first, columns, 0,
            )  # fmt: skip
            q += columns


@inline
def gemm_block(
    y: Array,
    y_at: int,
    y_row: int,
    y_column: int,
    panels: Array,
    bias: Array,
    x: Array,
    x_at: int,
    offsets: Ints,
    positions: Ints,
) -> None:
    """`gemm` of one block, whose outputs begin at `y_at` and inputs at `x_at`."""
    _tiles(y, y_at, y_row, y_column, panels, bias, x, x_at, offsets, positions, 0)


@inline
def _tiles(
    y: Array,
    y_at: int,
    y_row: int,
    y_column: int,
    panels: Array,
    bias: Array,
    x: Array,
    x_at: int,
    offsets: Ints,
    positions: Ints,
    relu: int,
) -> None:
    """Compute all tiles of one block, all panels for a few positions at a time.

    The panels stay in a near cache, so that they are read from memory once.
    """
    depth = offsets.size
    rows = panels.size // depth
    count = -(-rows // ROWS)
    q = 0
    while q < positions.size:
        columns = _columns(positions.size - q)
        for panel in range(count):
            first, last = panel * rows // count, (panel + 1) * rows // count
            gemm_tile(
                y, y_at + first * y_row + q * y_column, y_row, y_column,
                panels, first * depth, last - first, bias, first,
                x, x_at, offsets, depth, positions, q, last - first, columns, relu,
            )  # fmt: skip
        q += columns


@inline
def _columns(left: int) -> int:
    """Width of the next tile, with `left` positions to go: chosen so that no tile is narrow."""
    return COLUMNS if left >= 2 * COLUMNS else -(-left // -(-left // COLUMNS))
