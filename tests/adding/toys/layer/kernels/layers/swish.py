"""swish: y = x s, s = sigmoid(beta x); dx = dy (s + beta y (1 - s)).

Ramachandran, Zoph & Le 2017.
"""

from __future__ import annotations

from typing import Protocol

from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.jit import part
from tui_dl.kernels.layers.elementwise import Elementwise, elementwise


@part
def value(x: float32, beta: float32) -> float32:
    """Swish of x."""
    y: float32 = x * functions.sigmoid(beta * x)
    return y


@part
def gradient(dy: float32, x: float32, beta: float32) -> float32:
    """Dx, from x."""
    s: float32 = functions.sigmoid(beta * x)
    return dy * (s + beta * x * s * (1 - s))


class SwishFields(Protocol):
    """The factor of x inside the sigmoid."""

    beta: float


class Swish(Elementwise[SwishFields]):
    """A number times its own sigmoid."""

    kernels = elementwise(value, gradient, constants=1)
    slope_of = "x"

    def constants(self) -> tuple[float, ...]:
        return (self.fields.beta,)
