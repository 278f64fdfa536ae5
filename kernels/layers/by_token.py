"""Gradients of an embedding and of the recurrent layer after it, added up by token first.

As x[t] = E[k[t]], let G[k] be the sum of da[t] over all samples and all t with k[t] = k. Then
dW_ih = sum over k of G[k] E[k]', and dE[k] = W_ih' G[k]. Where the vocabulary is small, products
over all tokens are much cheaper than products over all time steps of all samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tui_dl.kernels.core.arrays import flat, share, zeros
from tui_dl.kernels.core.elementary import copy_overlap
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.gemm.shuffles import transpose_tile
from tui_dl.kernels.gemm.weight_gradient import WeightGradient, row_of
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.cell import Cell, tiled


class ByToken:
    """Computes the gradients of an embedding and of the W_ih of the one or two cells after it."""

    def __init__(self, embedding: Layer, cells: Sequence[Cell]) -> None:
        self._e, self._cells = embedding.w["weight"], cells
        tokens, inputs = self._e.shape
        blocks, sums = len(embedding.x), tiled(cells[0].gates * cells[0].units)
        self._groups, groups, row = tiled(tokens) // LANES, sums // LANES, row_of(inputs)
        self._e_rows = zeros(1, self._groups, LANES, row)
        self._w_rows = zeros(len(cells), groups, LANES, row)
        self._g = [zeros(1, self._groups, LANES, sums) for _ in cells]
        self._g_transposed = zeros(len(cells), groups, LANES, tiled(tokens))
        for cell in cells:
            cell.add_by_token(embedding.x, zeros(blocks, tiled(tokens), sums))
        self._dw = [
            WeightGradient(cell.dw["weight_ih"], g, self._e_rows)
            for cell, g in zip(cells, self._g, strict=True)
        ]
        self._de = WeightGradient(embedding.dw["weight"], self._g_transposed, self._w_rows)

    def pack(self) -> list[Call]:
        """Calls to make after each update: copy the weights into rows of whole tiles."""
        weights = [cell.w["weight_ih"] for cell in self._cells]
        rows = [self._e_rows, *self._w_rows]
        return [
            partial(copy_overlap, to.reshape(-1, to.shape[-1]), w)
            for to, w in zip(rows, [self._e, *weights], strict=True)
        ]

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of both gradients from the first `blocks` blocks."""
        here = share(self._groups, part, parts)
        calls: list[Call] = [
            partial(
                add_blocks, flat(g), flat(transposed), flat(cell.by_token), blocks, *sizes, *here
            )
            for cell, g, transposed in zip(self._cells, self._g, self._g_transposed, strict=True)
            for sizes in [(g.shape[-1], transposed.shape[-1])]
        ]
        calls.append(BARRIER)
        for weight_gradient in self._dw:
            calls += weight_gradient.reduce(1, part, parts)
        return calls + self._de.reduce(len(self._cells), part, parts)


@kernel("void(f4[::1], f4[::1], f4[::1], i8, i8, i8, i8, i8)")
def add_blocks(
    g: Array,
    transposed: Array,
    sums: Array,
    blocks: int,
    row: int,
    transposed_row: int,
    first: int,
    last: int,
) -> None:
    """G[k] = sum over blocks of sums[b, k], for groups first..last-1 of LANES tokens each.

    `transposed` receives the transpose of G. A row of `g` has `row` numbers, one of `transposed`
    has `transposed_row`.
    """
    size = g.size
    for i in range(first * LANES * row, last * LANES * row):
        total = sums[i]
        for block in range(1, blocks):
            total += sums[block * size + i]
        g[i] = total
    for k in range(first * LANES, last * LANES, LANES):
        for f in range(0, row, LANES):
            to = f * transposed_row + k
            transpose_tile(transposed, to, transposed_row, g, k * row + f, row)
