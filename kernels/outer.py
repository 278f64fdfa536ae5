"""The gradient of a matrix: dw[r, i] = sum over shards, times and lanes of dy[s, t, r] x[s, t, i].

The inputs are turned so that they lie one sample a row; then it is `contract` again, with the
samples as depth, dy as weights and blocks of LANES inputs as positions.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.contract import NO_BIAS, contract, lanes, pack
from tui_dl.kernels.elementary import clear, narrow
from tui_dl.kernels.jit import Array
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, flat, share, zeros
from tui_dl.kernels.turn import turn

DEPTH = 1024  # samples in one product: their part of a panel stays in the nearest cache


class Outer:
    """The gradient `dw` (rows, inputs), from x and dy of (shards, times, inputs or rows, LANES).

    x[t] meets dy[t + lag].
    """

    def __init__(self, dw: Array, dy: Array, x: Array, lag: int = 0) -> None:
        self.dw, self.dy, self.x, self.lag = dw, dy, x, lag
        self.rows, self.inputs = dw.shape
        self.times = x.shape[1] - lag
        self.width = -(-self.inputs // LANES) * LANES  # whole blocks of LANES inputs
        self.wide = dw if self.width == self.inputs else zeros(self.rows, self.width)
        self.turned = zeros(*x.shape[:2], LANES, self.width)
        self.panels = zeros(self.rows, max(DEPTH, self.times * LANES))
        self.start = zeros(self.rows)

    def turn(self, shards: slice) -> list[Call]:
        """Turn the inputs of these shards, once they are there."""
        arrays = flat(self.turned[shards]), flat(self.x[shards])
        return [partial(turn, *arrays, self.inputs, self.width)]

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of dw from the first `shards` shards, once all are turned."""
        first, last = share(self.rows, part, parts)
        if first == last:
            return []
        if not self.times:
            return [partial(clear, flat(self.dw[first:last]))]
        group = max(1, DEPTH // (self.times * LANES))
        calls = [
            call
            for start in range(0, shards, group)
            for call in self._product(start, min(start + group, shards), first, last)
        ]
        if self.wide is not self.dw:
            calls.append(partial(narrow, self.dw[first:last], self.wide[first:last]))
        return calls

    def _product(self, start: int, stop: int, first: int, last: int) -> list[Call]:
        """Rows first..last-1 summed over shards start..stop-1; all but the first are added."""
        shards, times = np.arange(stop - start), np.arange(self.times)
        shard, time, lane = np.ix_(shards * self.x.shape[1], times, np.arange(LANES))
        slopes = flat((shard + time + self.lag) * self.rows * LANES + lane)
        samples = flat(((shard + time) * LANES + lane) * self.width)
        panels = flat(self.panels[first:last])[: (last - first) * samples.size]
        dy = flat(self.dy[start:stop])[first * LANES :]
        return [
            partial(pack, panels, dy, LANES, slopes, 0, 1),
            partial(
                contract, flat(self.wide[first:last]), flat(self.turned[start:stop]), panels,
                NO_BIAS if start else self.start[first:last], samples,
                lanes(self.width // LANES), 1, 0, self.width, LANES, 0,
            ),
        ]  # fmt: skip
