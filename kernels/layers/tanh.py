"""tanh: y = tanh(x); dx = dy (1 - y y)."""

from __future__ import annotations

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.layers.elementwise import Elementwise


@kernel("void(f4[::1], f4[::1])")
def tanh_forward(y: Array, x: Array) -> None:
    """Make y = tanh(x)."""
    for i in range(y.size):
        y[i] = functions.tanh(x[i])


@kernel("void(f4[::1], f4[::1], f4[::1])")
def tanh_backward(dx: Array, dy: Array, y: Array) -> None:
    """Make dx = dy (1 - y y)."""
    for i in range(dx.size):
        dx[i] = dy[i] * (1 - y[i] * y[i])


class Tanh(Elementwise[NoFields]):
    """The hyperbolic tangent."""

    kernels = tanh_forward, tanh_backward
