"""max_pool2d: y is the largest x of its window; dy goes to the first of the largest."""

from __future__ import annotations

from numpy import float32

from tui_dl.kernels.core.jit import Array, part
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store, where_equal, where_greater
from tui_dl.kernels.layers.pool2d import Pool2d, window_kernel


@part
def largest(
    x: Array, y: Array, _x: Array, _y: Array, share: float32,
    corner: int, row: int, size: int, at: int,
) -> None:  # fmt: skip
    """Write the largest x of a window to y; see `window_kernel`."""
    top = load(x, corner)
    for i in range(size):
        for j in range(size):
            value = load(x, corner + i * row + j * LANES)
            top = where_greater(value, top, value, top)
    store(y, at, top)


@part
def to_first_largest(
    dx: Array, dy: Array, x: Array, y: Array, share: float32,
    corner: int, row: int, size: int, at: int,
) -> None:  # fmt: skip
    """Add the dy of a window to dx at the first of the largest x; see `window_kernel`."""
    nothing = broadcast(float32(0))
    top, rest = load(y, at), load(dy, at)
    for i in range(size):
        for j in range(size):
            here = corner + i * row + j * LANES
            mine = where_equal(load(x, here), top, rest, nothing)
            store(dx, here, load(dx, here) + mine)
            rest = rest - mine


max_pool2d_forward = window_kernel("max_pool2d_forward", largest, clears=False)
max_pool2d_backward = window_kernel("max_pool2d_backward", to_first_largest, clears=True)


class MaxPool2d(Pool2d):
    """Max pooling; the gradient is 0 at places that no window covers."""

    def forward(self, blocks: slice) -> list[Call]:
        return [self.windows.call(max_pool2d_forward, self.x[blocks], self.y[blocks])]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = (array[blocks] for array in (self.dx, self.dy, self.x, self.y))
        return [self.windows.call(max_pool2d_backward, *arrays)]
