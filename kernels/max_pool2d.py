"""max_pool2d: y is the largest x of its window; dy goes to the first of the largest."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.jit import Array, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, Layer, flat


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
                to = ((plane * rows + r) * columns + c) * LANES
                corner = ((plane * height + r * step) * width + c * step) * LANES
                for lane in range(LANES):
                    y[to + lane] = x[corner + lane]
                for i in range(size):
                    for j in range(size):
                        at = corner + (i * width + j) * LANES
                        for lane in range(LANES):
                            y[to + lane] = max(y[to + lane], x[at + lane])


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
    rest = np.empty(LANES, np.float32)
    for plane in range(planes):
        for r in range(rows):
            for c in range(columns):
                to = ((plane * rows + r) * columns + c) * LANES
                corner = ((plane * height + r * step) * width + c * step) * LANES
                top = y[to : to + LANES]
                for lane in range(LANES):
                    rest[lane] = dy[to + lane]
                for i in range(size):
                    for j in range(size):
                        at = corner + (i * width + j) * LANES
                        x_, dx_ = x[at : at + LANES], dx[at : at + LANES]
                        for lane in range(LANES):
                            here = rest[lane] if x_[lane] == top[lane] else np.float32(0)
                            dx_[lane] += here
                            rest[lane] -= here
