"""max_pool2d: y is the largest x of its window; dy goes to the first of the largest."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.jit import Array, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, flat
from tui_dl.kernels.vector import broadcast, load, store, where_equal, where_greater


class MaxPool2d(Layer):
    """Windows of size x size, `step` apart; places no window covers get no gradient."""

    def _sizes(self) -> tuple[int, ...]:
        return (*self.x.shape[2:4], *self.y.shape[2:4], self.fields.size, self.fields.step)

    def forward(self, shards: slice) -> list[Call]:
        x, y = self.x[shards], self.y[shards]
        planes = len(x) * x.shape[1]
        return [partial(max_pool2d_forward, flat(y), flat(x), planes, *self._sizes())]

    def backward(self, shards: slice) -> list[Call]:
        if self.dx is None:
            return []
        dx, dy, x, y = self.dx[shards], self.dy[shards], self.x[shards], self.y[shards]
        planes = len(x) * x.shape[1]
        arrays = flat(dx), flat(dy), flat(x), flat(y)
        return [partial(max_pool2d_backward, *arrays, planes, *self._sizes())]


@kernel("void(f4[::1], f4[::1], i8, i8, i8, i8, i8, i8, i8)")
def max_pool2d_forward(
    y: Array,
    x: Array,
    planes: int,
    height: int,
    width: int,
    rows: int,
    columns: int,
    size: int,
    step: int,
) -> None:
    """y[p, r, c] = max over i, j < size of x[p, r step + i, c step + j]."""
    for plane in range(planes):
        for r in range(rows):
            for c in range(columns):
                corner = ((plane * height + r * step) * width + c * step) * LANES
                top = load(x, corner)
                for i in range(size):
                    for j in range(size):
                        value = load(x, corner + (i * width + j) * LANES)
                        top = where_greater(value, top, value, top)
                store(y, ((plane * rows + r) * columns + c) * LANES, top)


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], i8, i8, i8, i8, i8, i8, i8)")
def max_pool2d_backward(
    dx: Array,
    dy: Array,
    x: Array,
    y: Array,
    planes: int,
    height: int,
    width: int,
    rows: int,
    columns: int,
    size: int,
    step: int,
) -> None:
    """dx[p, at of the first largest] += dy[p, r, c]; 0 elsewhere."""
    dx[:] = 0
    nothing = broadcast(np.float32(0))
    for plane in range(planes):
        for r in range(rows):
            for c in range(columns):
                to = ((plane * rows + r) * columns + c) * LANES
                corner = ((plane * height + r * step) * width + c * step) * LANES
                top, rest = load(y, to), load(dy, to)
                for i in range(size):
                    for j in range(size):
                        at = corner + (i * width + j) * LANES
                        mine = where_equal(load(x, at), top, rest, nothing)
                        store(dx, at, load(dx, at) + mine)
                        rest = rest - mine
