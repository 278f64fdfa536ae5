"""The gradient of a matrix: dw[r, i] = sum over shards, times and lanes of dy[s, t, r] x[s, t, i].

Both are turned so that they lie one sample a row; then it is `contract` again, with the samples as
depth, dy as weights and blocks of LANES inputs as positions.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.contract import NO_BIAS, contract_rows, lanes
from tui_dl.kernels.elementary import clear, narrow
from tui_dl.kernels.jit import Array
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, flat, share, zeros
from tui_dl.kernels.turn import turn

DEPTH = 1024  # samples in one product: what it reads of them stays in a near cache


class Turned:
    """An array of (shards, times, features, LANES), and the same with one sample a row."""

    def __init__(self, x: Array) -> None:
        self.x = x
        shards, times, self.features, _ = x.shape
        width = -(-self.features // LANES) * LANES
        # A row more than a multiple of 256 bytes, else all rows want the same few cache lines.
        self.row = width + LANES if width % (4 * LANES) == 0 else width
        self.rows = zeros(shards, times, LANES, self.row)

    def turn(self, shards: slice) -> list[Call]:
        """Turn these shards, once they are there."""
        arrays = flat(self.rows[shards]), flat(self.x[shards])
        return [partial(turn, *arrays, self.features, self.row)]


class Outer:
    """The gradient `dw` (rows, inputs); x[t] meets dy[t + lag]."""

    def __init__(self, dw: Array, dy: Turned, x: Turned, lag: int = 0) -> None:
        self.dw, self.dy, self.x, self.lag = dw, dy, x, lag
        self.rows, inputs = dw.shape
        self.blocks = -(-inputs // LANES)
        width = self.blocks * LANES
        self.wide = dw if width == inputs else zeros(self.rows, width)
        self.times = x.rows.shape[1] - lag
        self.start = zeros(self.rows)

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of dw from the first `shards` shards, once all are turned."""
        first, last = share(self.rows, part, parts)
        if first == last:
            return []
        if not self.times:
            return [partial(clear, flat(self.dw[first:last]))]
        # Where times are shifted a shard's samples do not run on into the next one's.
        group = 1 if self.lag else max(1, DEPTH // (self.times * LANES))
        calls = [
            self._product(slice(start, min(start + group, shards)), first, last)
            for start in range(0, shards, group)
        ]
        if self.wide is not self.dw:
            calls.append(partial(narrow, self.dw[first:last], self.wide[first:last]))
        return calls

    def _product(self, shards: slice, first: int, last: int) -> Call:
        """Rows first..last-1 summed over some shards; all shards but the first are added."""
        x, dy = self.x.rows[shards], self.dy.rows[shards]
        samples = np.arange((len(x) * x.shape[1] - self.lag) * LANES)
        bias = NO_BIAS if shards.start else self.start[first:last]
        slopes = flat(dy)[self.lag * LANES * self.dy.row + first :]
        return partial(
            contract_rows, flat(self.wide[first:last]), flat(x), slopes, last - first, self.dy.row,
            bias, samples * self.x.row, lanes(self.blocks), self.wide.shape[1], LANES,
        )  # fmt: skip
