"""max_pool2d: y is the largest x of its window; dy goes to the first of the largest."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store, where_equal, where_greater
from tui_dl.kernels.layers.pool2d import Pool2d


class MaxPool2d(Pool2d):
    """Max pooling; the gradient is 0 at places that no window covers."""

    def forward(self, blocks: slice) -> list[Call]:
        arrays = flat(self.y[blocks]), flat(self.x[blocks])
        return [partial(max_pool2d_forward, *arrays, *self.sizes(blocks))]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = (flat(array[blocks]) for array in (self.dx, self.dy, self.x, self.y))
        return [partial(max_pool2d_backward, *arrays, *self.sizes(blocks))]


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
    """Set dx to 0 and add the dy of every window to its first maximum."""
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
