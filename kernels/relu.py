"""relu: y = max(x, 0); dx = dy where x > 0, else 0."""

from __future__ import annotations

from tui_dl.kernels.elementwise import Elementwise
from tui_dl.kernels.jit import Array, kernel


@kernel("void(f4[::1], f4[::1])")
def relu_forward(y: Array, x: Array) -> None:
    """Y = max(x, 0)."""
    for i in range(y.size):
        y[i] = x[i] if x[i] > 0 else 0


@kernel("void(f4[::1], f4[::1], f4[::1])")
def relu_backward(dx: Array, dy: Array, y: Array) -> None:
    """Dx = dy where y > 0, else 0."""
    for i in range(dx.size):
        dx[i] = dy[i] if y[i] > 0 else 0


class Relu(Elementwise):
    """The rectifier."""

    kernels = relu_forward, relu_backward
