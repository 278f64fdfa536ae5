"""residual: y = x + f(x), where f is the layers of its body; dx = dy + the gradient through f."""

from __future__ import annotations

from functools import partial

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.elementary import add, copy
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


class Residual(Layer[NoFields]):
    """The addition after the body: its own input is f(x), and the skip connection brings x.

    Attributes:
        skip: x, the input of the body.
        dskip: its gradient, None where no layer before the body has weights.
    """

    skip: Array
    dskip: Array | None

    def bind_skip(self, skip: Array, dskip: Array | None) -> None:
        self.skip, self.dskip = skip, dskip

    def forward(self, blocks: slice) -> list[Call]:
        return [partial(add, flat(self.y[blocks]), flat(self.x[blocks]), flat(self.skip[blocks]))]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        return [partial(copy, flat(self.dx[blocks]), flat(self.dy[blocks]))]

    def backward_skip(self, blocks: slice) -> list[Call]:
        if self.dskip is None:
            return []
        dx = flat(self.dskip[blocks])
        return [partial(add, dx, dx, flat(self.dy[blocks]))]
