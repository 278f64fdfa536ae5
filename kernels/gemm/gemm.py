"""Products of weights and inputs, and their gradients, around the two register tiles.

A dense layer, a convolution and a recurrent step differ only in two tables: `offsets` says where
the k-th input of an output lies, `positions` where the q-th output's inputs begin. Both count
floats and are multiples of LANES.
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array, Ints, inline, kernel
from tui_dl.kernels.core.lanes import LANES, TILE
from tui_dl.kernels.core.vectors import broadcast, load, total
from tui_dl.kernels.gemm.tile import gemm_tile, weight_gradient_tile

NO_BIAS = np.empty(0, np.float32)
ROWS, COLUMNS = TILE.rows, TILE.columns
GRADIENT_ROWS, TAPS = TILE.gradient_rows, TILE.taps
NEAR = 128  # positions


@kernel("void(f4[::1], f4[::1], i8, i8[::1], i8, i8)")
def pack(panels: Array, weights: Array, row: int, table: Ints, part: int, parts: int) -> None:
    """Lay weights (rows, depth) as the tile reads them: panels of up to ROWS rows, each (depth, r).

    Weight (r, k) is read from ``weights[r * row + table[k]]``; panels has rows * depth numbers.
    The `part`-th of `parts` equal shares of the panels is done.
    """
    _pack(panels, weights, row, table, table.size, 0, part, parts)


@kernel("void(f4[::1], f4[::1], i8, i8[::1], i8, i8, i8, i8)")
def pack_beside(
    panels: Array,
    weights: Array,
    row: int,
    table: Ints,
    depth: int,
    before: int,
    part: int,
    parts: int,
) -> None:
    """`pack` of weights that stand beside others: `depth` in all to a row, `before` before them."""
    _pack(panels, weights, row, table, depth, before, part, parts)


@inline
def _pack(
    panels: Array,
    weights: Array,
    row: int,
    table: Ints,
    depth: int,
    before: int,
    part: int,
    parts: int,
) -> None:
    rows = panels.size // depth
    count = -(-rows // ROWS)
    for panel in range(part * count // parts, (part + 1) * count // parts):
        first, last = panel * rows // count, (panel + 1) * rows // count
        height = last - first
        to, source = panels[first * depth + before * height :], weights[first * row :]
        for k in range(table.size):
            for r in range(height):
                to[k * height + r] = source[r * row + table[k]]


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], i8[::1], i8[::1], i8, i8, i8, i8, i8, i8)")
def gemm(
    y: Array,
    x: Array,
    panels: Array,
    bias: Array,
    offsets: Ints,
    positions: Ints,
    blocks: int,
    y_shard: int,
    y_row: int,
    y_column: int,
    x_shard: int,
    relu: int,
) -> None:
    """y[s, r, q] = bias[r] + sum over k of weights[r, k] * x[s, positions[q] + offsets[k]].

    `panels` are the weights as `pack` makes them. With an empty `bias` the sum is added to `y`;
    unless `relu` is 0, a negative y becomes 0.
    Element (s, r, q) of `y` is the LANES numbers at ``s * y_shard + r * y_row + q * y_column``;
    shard s of `x` begins at ``s * x_shard``.
    """
    for block in range(blocks):
        _tiles(
            y, block * y_shard, y_row, y_column, panels, bias,
            x, block * x_shard, offsets, positions, relu,
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
    """`gemm` of one shard whose weight (r, k), r < rows, is ``weights[k * w_row + r]``.

    Weights lie far apart here and inputs near, so a few rows go over all positions, two at a time:
    with three, the tile loads more than it multiplies.
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
    """`gemm` for one shard, whose outputs begin at `y_at` and inputs at `x_at`."""
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
    """All tiles of one shard: a few positions go over all panels, which are near."""
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
    """How many of the positions that are left the next tile takes, so that no tile is narrow."""
    return COLUMNS if left >= 2 * COLUMNS else -(-left // -(-left // COLUMNS))


@kernel(
    "void(f4[::1], i8, f4[::1], i8, i8, i8[::1], f4[::1], i8, i8[::1], i8[::1], f4[::1], i8[::1],"
    " i8, i8)"
)
def gradient(
    dw: Array,
    dw_shard: int,
    dy: Array,
    dy_shard: int,
    dy_row: int,
    dy_positions: Ints,
    x: Array,
    x_shard: int,
    offsets: Ints,
    x_positions: Ints,
    sums: Array,
    starts: Ints,
    blocks: int,
    rows: int,
) -> None:
    """dw[s, r, t] = sum over q and lanes of dy[s, r, q] * x[s, x_positions[q] + offsets[t]].

    Each shard has its own sum. dy[s, r, q] begins at
    ``s * dy_shard + r * dy_row + dy_positions[q]``; dw[s] is (rows, offsets) at ``s * dw_shard``.
    `sums` and `starts` are scratch of the sizes `gradient_scratch` says.
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
            for q in range(0, x_positions.size, NEAR):  # so many of dy's rows stay in the L1 cache
                for t in range(0, taps, TAPS):
                    weight_gradient_tile(
                        sums, t * GRADIENT_ROWS * LANES, dy, block * dy_shard, starts, dy_positions,
                        x, block * x_shard, starts, GRADIENT_ROWS + t, x_positions,
                        q, min(NEAR, x_positions.size - q),
                    )  # fmt: skip
            for t in range(taps):
                tile, tap = t // TAPS, t % TAPS
                for i in range(min(GRADIENT_ROWS, rows - r)):
                    at = ((tile * GRADIENT_ROWS + i) * TAPS + tap) * LANES
                    dw[block * dw_shard + (r + i) * taps + t] = total(load(sums, at))


def gradient_scratch(taps: int) -> tuple[Array, Ints]:
    """`sums` and `starts` for `gradient` over so many offsets."""
    wide = -(-taps // TAPS) * TAPS
    return zeros(wide * GRADIENT_ROWS * LANES), np.empty(GRADIENT_ROWS + wide, np.int64)


@kernel("void(f4[::1], f4[::1], i8, i8, i8)")
def row_sums(db: Array, dy: Array, blocks: int, rows: int, outer: int) -> None:
    """db[s, r] = sum over o, columns and lanes of dy[s, o, r, ...], dy being (s, outer, r, ...)."""
    inner = dy.size // (blocks * outer * rows)
    for block in range(blocks):
        for r in range(rows):
            sums = broadcast(np.float32(0))
            for o in range(outer):
                at = ((block * outer + o) * rows + r) * inner
                for i in range(at, at + inner, LANES):
                    sums = sums + load(dy, i)
            db[block * rows + r] = total(sums)


@kernel("void(f4[::1], f4[::1], i8, i8, i8)")
def sum_blocks(summed: Array, partial: Array, blocks: int, part: int, parts: int) -> None:
    """summed[i] = sum over s of partial[s, i], in shard order, for one share of the i."""
    size = summed.size
    first, last = part * size // parts, (part + 1) * size // parts
    for i in range(first, last):
        summed[i] = partial[i]
    for block in range(1, blocks):
        for i in range(first, last):
            summed[i] += partial[block * size + i]


def lanes(*counts: int) -> Ints:
    """Offsets in floats of every element of an array of `counts` x LANES, in order."""
    return np.arange(np.prod(counts, dtype=np.int64), dtype=np.int64) * LANES
