"""The base of layers that apply a function to every number by itself."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Literal

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.fields import Fields_co
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


class Elementwise(Layer[Fields_co]):
    """y = f(x) and dx = dy f'(x), where f' is computed from y or from x.

    Attributes:
        kernels: forward and backward.
        slope_of: whether backward reads x or y.
    """

    kernels: ClassVar[tuple[Any, Any]]  # forward(y, x, ...), backward(dx, dy, y or x, ...)
    slope_of: ClassVar[Literal["x", "y"]] = "y"

    def constants(self) -> tuple[Array, ...]:
        """Further arguments of both kernels."""
        return ()

    def forward(self, blocks: slice) -> list[Call]:
        arrays = flat(self.y[blocks]), flat(self.x[blocks])
        return [partial(self.kernels[0], *arrays, *self.constants())]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        known = self.x if self.slope_of == "x" else self.y
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks]), flat(known[blocks])
        return [partial(self.kernels[1], *arrays, *self.constants())]
