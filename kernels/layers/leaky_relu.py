"""leaky_relu: y = x where x > 0, else slope x; dx = dy where x > 0, else slope dy."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.layers.elementwise import Elementwise


@kernel("void(f4[::1], f4[::1], f4[::1])")
def leaky_relu_forward(y: Array, x: Array, slope: Array) -> None:
    """Make y = x where x > 0, else slope[0] x."""
    factor = slope[0]
    for i in range(y.size):
        y[i] = x[i] if x[i] > 0 else factor * x[i]


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1])")
def leaky_relu_backward(dx: Array, dy: Array, y: Array, slope: Array) -> None:
    """Make dx = dy where y > 0, else slope[0] dy; y has the sign of x."""
    factor = slope[0]
    for i in range(dx.size):
        dx[i] = dy[i] if y[i] > 0 else factor * dy[i]


class LeakyReluFields(Protocol):
    """The slope below 0."""

    slope: float


class LeakyRelu(Elementwise[LeakyReluFields]):
    """A relu with a small slope below 0 (Maas, Hannun & Ng 2013)."""

    kernels = leaky_relu_forward, leaky_relu_backward

    def constants(self) -> tuple[Array, ...]:
        return (np.array([self.fields.slope], np.float32),)
