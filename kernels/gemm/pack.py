"""Packing weights in the order in which the gemm tile reads them."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Ints, inline, kernel
from tui_dl.kernels.core.lanes import LANES, TILE
from tui_dl.kernels.gemm.shuffles import copy_row, interleave_rows

ROWS = TILE.rows
WIDTH = TILE.width


@kernel("void(f4[::1], f4[::1], i8, i8[::1], i8, i8)")
def pack(panels: Array, weights: Array, row: int, table: Ints, part: int, parts: int) -> None:
    """Pack weights (rows, depth) into panels of up to ROWS rows, each laid out as (depth, r).

    Weight (r, k) is read from ``weights[r * row + table[k]]``; panels has rows * depth numbers.
    This call packs the `part`-th of `parts` equal shares of the panels.
    """
    _pack(panels, weights, row, table, table.size, 0, part, parts)


@kernel("void(f4[::1], f4[::1], i8, i8[::1], i8, i8, i8, i8)")
def pack_columns(
    panels: Array,
    weights: Array,
    row: int,
    table: Ints,
    depth: int,
    before: int,
    part: int,
    parts: int,
) -> None:
    """`pack` into the columns from `before` on of a wider matrix; its rows have `depth` weights."""
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
    along = _is_contiguous(table)
    for panel in range(part * count // parts, (part + 1) * count // parts):
        first, last = panel * rows // count, (panel + 1) * rows // count
        height = last - first
        to, source = panels[first * depth + before * height :], weights[first * row :]
        done = 0  # columns that are packed; what follows are copies in registers where they suit
        if height == ROWS and along:
            for k in range(0, table.size - WIDTH + 1, WIDTH):
                interleave_rows(to, k * ROWS, source, table[k], row)
                done = k + WIDTH
        elif height == ROWS and row == 1:
            for k in range(table.size):
                copy_row(to, k * ROWS, source, table[k])
            done = table.size
        for k in range(done, table.size):
            for r in range(height):
                to[k * height + r] = source[r * row + table[k]]


@inline
def _is_contiguous(table: Ints) -> bool:
    """Whether each offset is one more than the one before it."""
    for k in range(1, table.size):  # noqa: SIM110 - Numba compiles no generators
        if table[k] - table[k - 1] != 1:
            return False
    return True


def lane_offsets(*counts: int) -> Ints:
    """Offsets in floats of every vector of an array of (*counts, LANES), in order."""
    return np.arange(np.prod(counts, dtype=np.int64), dtype=np.int64) * LANES
