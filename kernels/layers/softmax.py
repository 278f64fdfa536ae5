"""softmax: y = exp(x) / sum of exp(x); dx = y (dy - sum of dy y); sums are over features."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.layers.base import Layer


class Softmax(Layer[NoFields]):
    """Softmax over each row: the features of a sample, or of one of its time steps."""

    def forward(self, blocks: slice) -> list[Call]:
        arrays = flat(self.y[blocks]), flat(self.x[blocks])
        return [partial(softmax_forward, *arrays, self.x.shape[-2])]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks]), flat(self.y[blocks])
        return [partial(softmax_backward, *arrays, self.x.shape[-2])]


@kernel("void(f4[::1], f4[::1], i8)")
def softmax_forward(y: Array, x: Array, features: int) -> None:
    """y[r, f] = exp(x[r, f] - top) / sum over f of the same, where top is the largest x[r, f]."""
    size = features * LANES
    for row in range(x.size // size):
        at = row * size
        top = load(x, at)
        for i in range(at, at + size, LANES):
            value = load(x, i)
            top = where_greater(value, top, value, top)
        for i in range(at, at + size, LANES):
            store(y, i, load(x, i) - top)
        functions.exp_all(y[at : at + size])
        sums = broadcast(np.float32(0))
        for i in range(at, at + size, LANES):
            sums = sums + load(y, i)
        share = broadcast(np.float32(1)) / sums
        for i in range(at, at + size, LANES):
            store(y, i, load(y, i) * share)


@kernel("void(f4[::1], f4[::1], f4[::1], i8)")
def softmax_backward(dx: Array, dy: Array, y: Array, features: int) -> None:
    """dx[r, f] = y[r, f] (dy[r, f] - sum over f of dy[r, f] y[r, f])."""
    size = features * LANES
    for at in range(0, y.size, size):
        sums = broadcast(np.float32(0))
        for i in range(at, at + size, LANES):
            sums = sums + load(dy, i) * load(y, i)
        for i in range(at, at + size, LANES):
            store(dx, i, load(y, i) * (load(dy, i) - sums))
