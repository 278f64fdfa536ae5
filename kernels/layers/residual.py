"""residual: y = x + f(x), the layers before it being f; the gradient goes both ways unchanged."""

from __future__ import annotations

from functools import partial

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


class Residual(Layer):
    """Its x is f's output; `around` tells it what f began with."""

    source: Array
    dsource: Array | None

    def around(self, source: Array, dsource: Array | None) -> None:
        """What f was made of, and the gradient for it: f's own is there first, then ours."""
        self.source, self.dsource = source, dsource

    def forward(self, shards: slice) -> list[Call]:
        return [partial(add, flat(self.y[shards]), flat(self.x[shards]), flat(self.source[shards]))]

    def backward(self, shards: slice) -> list[Call]:
        if self.dx is None:
            return []
        return [partial(copy, flat(self.dx[shards]), flat(self.dy[shards]))]

    def backward_around(self, shards: slice) -> list[Call]:
        """To be made when f's first layer has made its dx."""
        if self.dsource is None:
            return []
        dx = flat(self.dsource[shards])
        return [partial(add, dx, dx, flat(self.dy[shards]))]
