"""residual: y = x + f(x), the layers before it being f; the gradient goes both ways unchanged."""

from __future__ import annotations

from functools import partial

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


class Residual(Layer):
    """Its x is f's output; `bind_skip` tells it what f began with."""

    source: Array
    dsource: Array | None

    def bind_skip(self, source: Array, dsource: Array | None) -> None:
        """What f was made of, and the gradient for it: f's own is there first, then ours."""
        self.source, self.dsource = source, dsource

    def forward(self, blocks: slice) -> list[Call]:
        return [partial(add, flat(self.y[blocks]), flat(self.x[blocks]), flat(self.source[blocks]))]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        return [partial(copy, flat(self.dx[blocks]), flat(self.dy[blocks]))]

    def backward_skip(self, blocks: slice) -> list[Call]:
        """To be made when f's first layer has made its dx."""
        if self.dsource is None:
            return []
        dx = flat(self.dsource[blocks])
        return [partial(add, dx, dx, flat(self.dy[blocks]))]
