"""relu: y = max(x, 0); dx = dy where y > 0, else 0.

After a dense or convolution layer it is fused into that layer's gemm, so that y is not read and
written once more.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.layers.base import Layer


class Relu(Layer[NoFields]):
    """The rectified linear unit."""

    is_relu = True

    def fuse_with(self, before: Layer) -> None:
        """Let the layer before apply the relu; y and dy of both layers become the same arrays."""
        before.fuse_relu = True
        self.y, self.dy = before.y, before.dy

    def forward(self, blocks: slice) -> list[Call]:
        if self.y is self.x:
            return []
        return [partial(relu_forward, flat(self.y[blocks]), flat(self.x[blocks]))]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks]), flat(self.y[blocks])
        return [partial(relu_backward, *arrays)]


@kernel("void(f4[::1], f4[::1])")
def relu_forward(y: Array, x: Array) -> None:
    """Make y = max(x, 0); NaN stays NaN."""
    nothing = broadcast(np.float32(0))
    for i in range(0, y.size, LANES):
        value = load(x, i)
        store(y, i, where_greater(nothing, value, nothing, value))


@kernel("void(f4[::1], f4[::1], f4[::1])")
def relu_backward(dx: Array, dy: Array, y: Array) -> None:
    """Make dx = dy where y > 0, else 0; dx and dy may be the same array."""
    nothing = broadcast(np.float32(0))
    for i in range(0, dx.size, LANES):
        store(dx, i, where_greater(load(y, i), nothing, load(dy, i), nothing))
