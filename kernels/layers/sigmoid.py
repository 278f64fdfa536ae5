"""sigmoid: y = 1 / (1 + exp(-x)); dx = dy y (1 - y)."""

from __future__ import annotations

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.layers.elementwise import Elementwise


@kernel("void(f4[::1], f4[::1])")
def sigmoid_forward(y: Array, x: Array) -> None:
    """Make y = 1 / (1 + exp(-x))."""
    for i in range(y.size):
        y[i] = functions.sigmoid(x[i])


@kernel("void(f4[::1], f4[::1], f4[::1])")
def sigmoid_backward(dx: Array, dy: Array, y: Array) -> None:
    """Make dx = dy y (1 - y)."""
    for i in range(dx.size):
        dx[i] = dy[i] * y[i] * (1 - y[i])


class Sigmoid(Elementwise[NoFields]):
    """The logistic function."""

    kernels = sigmoid_forward, sigmoid_backward
