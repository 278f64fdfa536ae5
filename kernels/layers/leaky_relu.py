"""leaky_relu: y = x where x > 0, else slope x; dx = dy where x > 0, else slope dy."""

from __future__ import annotations

from typing import Protocol

from numpy import float32

from tui_dl.kernels.core.jit import part
from tui_dl.kernels.layers.elementwise import Elementwise, elementwise


@part
def value(x: float32, slope: float32) -> float32:
    """Make x where x > 0, else slope x."""
    return x if x > 0 else slope * x


@part
def gradient(dy: float32, y: float32, slope: float32) -> float32:
    """Dx, from y, which has the sign of x."""
    return dy if y > 0 else slope * dy


class LeakyReluFields(Protocol):
    """The slope below 0."""

    slope: float


class LeakyRelu(Elementwise[LeakyReluFields]):
    """A relu with a small slope below 0 (Maas, Hannun & Ng 2013)."""

    kernels = elementwise(value, gradient, constants=1)

    def constants(self) -> tuple[float, ...]:
        return (self.fields.slope,)
