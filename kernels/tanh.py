"""tanh: y = tanh(x); dx = dy (1 - y y)."""

from __future__ import annotations

from tui_dl.kernels import functions
from tui_dl.kernels.elementwise import Elementwise
from tui_dl.kernels.jit import Array, kernel


@kernel("void(f4[::1], f4[::1])")
def tanh_forward(y: Array, x: Array) -> None:
    """Y = tanh(x)."""
    for i in range(y.size):
        y[i] = functions.tanh(x[i])


@kernel("void(f4[::1], f4[::1], f4[::1])")
def tanh_backward(dx: Array, dy: Array, y: Array) -> None:
    """Dx = dy (1 - y y)."""
    for i in range(dx.size):
        dx[i] = dy[i] * (1 - y[i] * y[i])


class Tanh(Elementwise):
    """The hyperbolic tangent."""

    kernels = tanh_forward, tanh_backward
