"""mean_absolute_error: loss = |y - t|; dy = sign(y - t)."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.losses.pointwise import Pointwise


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def mean_absolute_error(losses: Array, dy: Array, y: Array, targets: Array, weights: Array) -> None:
    """Each block's sum of weight * loss; all but `losses` are (blocks, outputs, LANES)."""
    size = y.size // losses.size
    for block in range(losses.size):
        here = slice(block * size, (block + 1) * size)
        dy_, y_, t, w = dy[here], y[here], targets[here], weights[here]
        loss = np.float32(0)
        for i in range(size):
            error = y_[i] - t[i]
            sign = np.float32(error > 0) - np.float32(error < 0)
            dy_[i] = w[i] * sign
            loss += w[i] * abs(error)
        losses[block] = loss


class MeanAbsoluteError(Pointwise[NoFields]):
    """Absolute error, on which outliers have less influence than on the squared one."""

    kernel = mean_absolute_error
