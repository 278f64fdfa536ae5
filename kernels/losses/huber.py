"""huber: loss = e^2 / 2 where |e| <= delta, else delta (|e| - delta / 2), with e = y - t.

dy is e clamped to -delta..delta (Huber 1964).
"""

from __future__ import annotations

from typing import Protocol

from numpy import float32

from tui_dl.kernels.core.jit import part
from tui_dl.kernels.losses.pointwise import Pointwise, pointwise


@part
def loss(y: float32, t: float32, delta: float32) -> tuple[float32, float32]:
    """The loss of one output, and its derivative by y."""
    error = y - t
    slope = error if error < delta else delta
    slope = slope if slope > -delta else -delta
    return slope * (error - float32(0.5) * slope), slope


class HuberFields(Protocol):
    """The error at which the loss goes over from squared to absolute."""

    delta: float


class Huber(Pointwise[HuberFields]):
    """Squared error up to `delta`, absolute error beyond."""

    kernel = pointwise(loss, constants=1)

    def constants(self) -> tuple[float, ...]:
        return (self.fields.delta,)
