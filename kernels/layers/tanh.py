"""tanh: y = tanh(x); dx = dy (1 - y y)."""

from __future__ import annotations

from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import part
from tui_dl.kernels.layers.elementwise import Elementwise, elementwise


@part
def gradient(dy: float32, y: float32) -> float32:
    """Dx, from y."""
    return dy * (1 - y * y)


class Tanh(Elementwise[NoFields]):
    """The hyperbolic tangent."""

    kernels = elementwise(functions.tanh, gradient)
