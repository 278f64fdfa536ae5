"""The base of layers that apply a function to every number by itself."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Literal

import numpy as np

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.fields import Fields_co
from tui_dl.kernels.core.jit import Array, kernel_of, unpack
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


def elementwise(value: Any, gradient: Any, constants: int = 0) -> tuple[Any, Any]:
    """Make the kernels forward (y, x, constants) and backward (dx, dy, known, constants).

    Forward computes y = value(x, *constants), backward dx = gradient(dy, known, *constants), where
    `known` is y or x.

    Args:
        value: f of one number, a `part`.
        gradient: dy f' of one number, a `part`; the kernels are named after its file.
        constants: how many numbers, the same for all x, both functions take.
    """
    module, numbers = gradient.py_func.__module__, unpack(constants)
    name = module.rpartition(".")[2]

    @kernel_of(f"{name}_forward", module, "void(f4[::1], f4[::1], f4[::1])")
    def forward(y: Array, x: Array, constants: Array) -> None:
        fixed = numbers(constants)
        for i in range(y.size):
            y[i] = value(x[i], *fixed)

    @kernel_of(f"{name}_backward", module, "void(f4[::1], f4[::1], f4[::1], f4[::1])")
    def backward(dx: Array, dy: Array, known: Array, constants: Array) -> None:
        fixed = numbers(constants)
        for i in range(dx.size):
            dx[i] = gradient(dy[i], known[i], *fixed)

    return forward, backward


class Elementwise(Layer[Fields_co]):
    """y = f(x) and dx = dy f'(x), where f' is computed from y or from x.

    Attributes:
        kernels: forward and backward, made by `elementwise`.
        slope_of: whether backward reads x or y.
    """

    kernels: ClassVar[tuple[Any, Any]]
    slope_of: ClassVar[Literal["x", "y"]] = "y"

    def constants(self) -> tuple[float, ...]:
        """The numbers that f and f' take beside x or y."""
        return ()

    def forward(self, blocks: slice) -> list[Call]:
        constants = np.array(self.constants(), np.float32)
        return [partial(self.kernels[0], flat(self.y[blocks]), flat(self.x[blocks]), constants)]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        known = self.x if self.slope_of == "x" else self.y
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks]), flat(known[blocks])
        return [partial(self.kernels[1], *arrays, np.array(self.constants(), np.float32))]
