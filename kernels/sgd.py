"""sgd: w -= learning_rate * g."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.jit import Array, kernel
from tui_dl.kernels.update import BLOCK, GRADIENT, UPDATE, WEIGHT


@kernel("void(f4[::1], f4[::1], f4[:, ::1], f4, i8, i8)")
def sgd(w: Array, g: Array, squares: Array, learning_rate: float, first: int, last: int) -> None:
    """Update blocks first..last-1 of `w`; squares (blocks, 3) get their sums of squares."""
    for block in range(first, last):
        here = slice(block * BLOCK, (block + 1) * BLOCK)
        w_, g_ = w[here], g[here]
        gradient = update = weight = np.float32(0)
        for i in range(BLOCK):
            step = learning_rate * g_[i]
            w_[i] -= step
            gradient += g_[i] * g_[i]
            update += step * step
            weight += w_[i] * w_[i]
        squares[block, GRADIENT] = gradient
        squares[block, UPDATE] = update
        squares[block, WEIGHT] = weight
