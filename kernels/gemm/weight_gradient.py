"""The gradient of a matrix: dw[r, i] = sum over shards, times and lanes of dy[s, t, r] x[s, t, i].

Both are turned so that they lie one sample a row; then it is `gemm` again, with the samples as
depth, dy as weights and blocks of LANES inputs as positions.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat, share, zeros
from tui_dl.kernels.core.elementary import fit
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.gemm.gemm import NO_BIAS, gemm_rows, lanes
from tui_dl.kernels.gemm.transpose import transpose

DEPTH = 1024  # samples in one product: what it reads of them stays in a near cache


def row_of(features: int) -> int:
    """How far apart samples lie whose features stand in rows: whole tiles, and a little more.

    At multiples of 256 bytes all rows would want the same few cache lines.
    """
    width = -(-features // LANES) * LANES
    return width + LANES if width % (4 * LANES) == 0 else width


class Transposed:
    """An array of (shards, times, features, LANES), and the same with one sample a row."""

    def __init__(self, x: Array) -> None:
        self.x = x
        blocks, times, self.features, _ = x.shape
        self.rows: Array = zeros(blocks, times, LANES, row_of(self.features))

    def transpose(self, blocks: slice) -> list[Call]:
        """Turn these shards, once they are there."""
        rows = self.rows[blocks]
        return [partial(transpose, flat(rows), flat(self.x[blocks]), self.features, rows.shape[-1])]


class WeightGradient:
    """The gradient `dw` (rows, inputs); `dy` and `x` (shards, times, LANES, row) hold samples.

    Features of dy count from `dy_first` on, those of x from `x_first`.
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
        """One of `parts` shares of dw from the first `blocks` shards, once all are turned."""
        first, last = share(self.rows, part, parts)
        if first == last:
            return []
        group = max(1, DEPTH // (self.x.shape[1] * LANES))
        calls = [
            self._product(slice(start, min(start + group, blocks)), first, last)
            for start in range(0, blocks, group)
        ]
        if self.wide is not self.dw:
            calls.append(partial(fit, self.dw[first:last], self.wide[first:last]))
        return calls

    def _product(self, blocks: slice, first: int, last: int) -> Call:
        """Rows first..last-1 summed over some shards; all shards but the first are added."""
        x, dy = self.x[blocks], self.dy[blocks]
        samples = np.arange(len(x) * x.shape[1] * LANES) * x.shape[-1]
        bias = NO_BIAS if blocks.start else self.start[first:last]
        return partial(
            gemm_rows, flat(self.wide[first:last]), flat(x), flat(dy)[self.dy_first + first :],
            last - first, dy.shape[-1], bias, samples, lanes(self.groups) + self.x_first,
            self.wide.shape[1], LANES,
        )  # fmt: skip
