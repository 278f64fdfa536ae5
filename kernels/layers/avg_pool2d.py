"""avg_pool2d: y is the mean of its window; every x of the window gets an equal share of dy."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.layers.pool2d import Pool2d


class AvgPool2d(Pool2d):
    """Mean pooling; the gradient is 0 at places that no window covers."""

    def forward(self, blocks: slice) -> list[Call]:
        arrays = flat(self.y[blocks]), flat(self.x[blocks])
        return [partial(window_sums, *arrays, self.fields.size**2, *self.sizes(blocks))]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks])
        return [partial(window_shares, *arrays, self.fields.size**2, *self.sizes(blocks))]


@kernel("void(f4[::1], f4[::1], i8, i8, i8, i8, i8, i8, i8, i8)")
def window_sums(
    y: Array,
    x: Array,
    count: int,
    planes: int,
    height: int,
    width: int,
    rows: int,
    columns: int,
    size: int,
    step: int,
) -> None:
    """y[p, r, c] = sum over i, j < size of x[p, r step + i, c step + j] / count."""
    share = broadcast(np.float32(1 / count))
    for plane in range(planes):
        for r in range(rows):
            for c in range(columns):
                corner = ((plane * height + r * step) * width + c * step) * LANES
                sums = broadcast(np.float32(0))
                for i in range(size):
                    for j in range(size):
                        sums = sums + load(x, corner + (i * width + j) * LANES)
                store(y, ((plane * rows + r) * columns + c) * LANES, sums * share)


@kernel("void(f4[::1], f4[::1], i8, i8, i8, i8, i8, i8, i8, i8)")
def window_shares(
    x: Array,
    y: Array,
    count: int,
    planes: int,
    height: int,
    width: int,
    rows: int,
    columns: int,
    size: int,
    step: int,
) -> None:
    """x[p, i, j] = sum of y[p, r, c] / count over the windows that (i, j) is in."""
    share = broadcast(np.float32(1 / count))
    x[:] = 0
    for plane in range(planes):
        for r in range(rows):
            for c in range(columns):
                corner = ((plane * height + r * step) * width + c * step) * LANES
                own = load(y, ((plane * rows + r) * columns + c) * LANES) * share
                for i in range(size):
                    for j in range(size):
                        at = corner + (i * width + j) * LANES
                        store(x, at, load(x, at) + own)
