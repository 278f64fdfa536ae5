"""sgd: w -= learning_rate * g."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.jit import Array, kernel
from tui_dl.kernels.update import BLOCK, GRADIENT, UPDATE, WEIGHT


@kernel("void(f4[::1], f4[::1], f4[:, ::1], f4, i8, i8)")
def sgd(w: Array, g: Array, squares: Array, learning_rate: float, first: int, last: int) -> None:
    """Update blocks first..last-1 of `w`; squares (blocks, 3) get their sums of squares."""
    for block in range(first, last):
        gradient = update = weight = np.float32(0)
        for i in range(block * BLOCK, (block + 1) * BLOCK):
            step = learning_rate * g[i]
            w[i] -= step
            gradient += g[i] * g[i]
            update += step * step
            weight += w[i] * w[i]
        squares[block, GRADIENT] = gradient
        squares[block, UPDATE] = update
        squares[block, WEIGHT] = weight
