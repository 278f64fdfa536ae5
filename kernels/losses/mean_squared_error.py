"""mean_squared_error: loss = (y - t)^2; dy = 2 (y - t)."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.losses.pointwise import Pointwise


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def mean_squared_error(losses: Array, dy: Array, y: Array, targets: Array, weights: Array) -> None:
    """Each block's sum of weight * loss; all but `losses` are (blocks, outputs, LANES)."""
    size = y.size // losses.size
    for block in range(losses.size):
        here = slice(block * size, (block + 1) * size)
        dy_, y_, t, w = dy[here], y[here], targets[here], weights[here]
        loss = np.float32(0)
        for i in range(size):
            error = y_[i] - t[i]
            dy_[i] = w[i] * (error + error)
            loss += w[i] * error * error
        losses[block] = loss


class MeanSquaredError(Pointwise[NoFields]):
    """Squared error, the maximum likelihood loss for normally distributed errors."""

    kernel = mean_squared_error
