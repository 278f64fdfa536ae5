"""huber: loss = e^2 / 2 where |e| <= delta, else delta (|e| - delta / 2), with e = y - t.

dy is e clamped to -delta..delta (Huber 1964).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.losses.pointwise import Pointwise


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def huber(losses: Array, dy: Array, y: Array, targets: Array, weights: Array, delta: Array) -> None:
    """Compute each block's sum of weight * loss, and the gradient.

    dy, y, targets and weights are (blocks, outputs, LANES); delta is (1,).
    """
    size, most = y.size // losses.size, delta[0]
    for block in range(losses.size):
        here = slice(block * size, (block + 1) * size)
        dy_, y_, t, w = dy[here], y[here], targets[here], weights[here]
        loss = np.float32(0)
        for i in range(size):
            error = y_[i] - t[i]
            slope = error if error < most else most
            slope = slope if slope > -most else -most
            dy_[i] = w[i] * slope
            loss += w[i] * slope * (error - np.float32(0.5) * slope)
        losses[block] = loss


class HuberFields(Protocol):
    """The error at which the loss goes over from squared to absolute."""

    delta: float


class Huber(Pointwise[HuberFields]):
    """Squared error up to `delta`, absolute error beyond."""

    kernel = huber

    def settings(self) -> tuple[Array, ...]:
        return (np.array([self.fields.delta], np.float32),)
