"""softplus: y = log(1 + exp(beta x)) / beta; dx = dy / (1 + exp(-beta x))."""

from __future__ import annotations

from typing import Protocol

from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.jit import part
from tui_dl.kernels.layers.elementwise import Elementwise, elementwise


@part
def value(x: float32, beta: float32) -> float32:
    """Make max(x, 0) + log(1 + exp(-beta |x|)) / beta, which is finite where x is."""
    y: float32 = (x if x > 0 else float32(0)) + functions.softplus(-abs(beta * x)) / beta
    return y


@part
def gradient(dy: float32, x: float32, beta: float32) -> float32:
    """Dx, from x."""
    slope: float32 = functions.sigmoid(beta * x)
    return dy * slope


class SoftplusFields(Protocol):
    """How sharp the bend at 0 is."""

    beta: float


class Softplus(Elementwise[SoftplusFields]):
    """A relu without a kink (Dugas et al. 2001)."""

    kernels = elementwise(value, gradient, constants=1)
    slope_of = "x"

    def constants(self) -> tuple[float, ...]:
        return (self.fields.beta,)
