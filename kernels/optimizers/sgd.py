"""sgd: w -= learning_rate * g."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, kernel
from tui_dl.kernels.core.step_record import GRADIENT, UPDATE, WEIGHT
from tui_dl.kernels.optimizers.base import CHUNK, all_finite


@kernel("void(f4[::1], f4[::1], f4[:, ::1], f8[::1], f4[::1], i8, i8)")
def sgd(
    w: Array, g: Array, squares: Array, settings: Doubles, losses: Array, first: int, last: int
) -> None:
    """Update chunks first..last-1 of `w`.

    `settings` are the learning rate and the number of this update, which is not used. `squares`
    (chunks, 3) receive the sums of squares. If one of `losses` is not finite, nothing changes.
    """
    if not all_finite(losses):
        return
    learning_rate = np.float32(settings[0])
    for chunk in range(first, last):
        here = slice(chunk * CHUNK, (chunk + 1) * CHUNK)
        w_, g_ = w[here], g[here]
        gradient = update = weight = np.float32(0)
        for i in range(CHUNK):
            step = learning_rate * g_[i]
            w_[i] -= step
            gradient += g_[i] * g_[i]
            update += step * step
            weight += w_[i] * w_[i]
        squares[chunk, GRADIENT] = gradient
        squares[chunk, UPDATE] = update
        squares[chunk, WEIGHT] = weight
