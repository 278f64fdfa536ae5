"""The gradient of a matrix: dw[r, i] = sum over blocks, times and lanes of dy[b, t, r] x[b, t, i].

Both are transposed to one sample a row. Then it is a gemm again, with samples as depth, dy as
weights and groups of LANES inputs as positions.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat, share, zeros
from tui_dl.kernels.core.elementary import copy_overlap
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.gemm.gemm import NO_BIAS, gemm_rows
from tui_dl.kernels.gemm.pack import lane_offsets
from tui_dl.kernels.gemm.transpose import transpose

DEPTH = 1024  # samples in one product: they stay in a near cache


def row_of(features: int) -> int:
    """Length of a row of `features` numbers: whole tiles, and one more where that avoids conflicts.

    With rows at multiples of 256 bytes, equal columns would compete for the same few cache lines.
    """
    width = -(-features // LANES) * LANES
    return width + LANES if width % (4 * LANES) == 0 else width


class Transposed:
    """An array and its transpose.

    Attributes:
        x: (blocks, times, features, LANES).
        rows: (blocks, times, LANES, row) the same with one sample a row.
    """

    def __init__(self, x: Array) -> None:
        self.x = x
        blocks, times, self.features, _ = x.shape
        self.rows: Array = zeros(blocks, times, LANES, row_of(self.features))

    def transpose(self, blocks: slice) -> list[Call]:
        """Transpose these blocks of x."""
        rows = self.rows[blocks]
        return [partial(transpose, flat(rows), flat(self.x[blocks]), self.features, rows.shape[-1])]


class WeightGradient:
    """Computes the gradient `dw` (rows, inputs) from the `rows` of two `Transposed`, dy and x.

    The rows of dw belong to the features of dy from `dy_first` on, its columns to those of x from
    `x_first` on.
    """

    def __init__(self, dw: Array, dy: Array, x: Array, dy_first: int = 0, x_first: int = 0) -> None:
        self.dw, self.dy, self.x = dw, dy, x
        self.dy_first, self.x_first = dy_first, x_first
        self.rows, inputs = dw.shape
        self.groups = -(-inputs // LANES)
        width = self.groups * LANES
        self.wide = dw if width == inputs else zeros(self.rows, width)
        self.start = zeros(self.rows)

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of dw from the first `blocks` blocks, after all are transposed."""
        first, last = share(self.rows, part, parts)
        if first == last:
            return []
        group = max(1, DEPTH // (self.x.shape[1] * LANES))
        calls = [
            self._product(slice(start, min(start + group, blocks)), first, last)
            for start in range(0, blocks, group)
        ]
        if self.wide is not self.dw:
            calls.append(partial(copy_overlap, self.dw[first:last], self.wide[first:last]))
        return calls

    def _product(self, blocks: slice, first: int, last: int) -> Call:
        """Rows first..last-1 of dw from some blocks, added to dw unless they are the first ones."""
        x, dy = self.x[blocks], self.dy[blocks]
        samples = np.arange(len(x) * x.shape[1] * LANES) * x.shape[-1]
        bias = NO_BIAS if blocks.start else self.start[first:last]
        return partial(
            gemm_rows, flat(self.wide[first:last]), flat(x), flat(dy)[self.dy_first + first :],
            last - first, dy.shape[-1], bias, samples, lane_offsets(self.groups) + self.x_first,
            self.wide.shape[1], LANES,
        )  # fmt: skip
