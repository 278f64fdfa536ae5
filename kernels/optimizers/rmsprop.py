"""rmsprop: v = a v + (1-a) g^2; w -= learning_rate g / (sqrt(v) + epsilon).

Tieleman & Hinton 2012; epsilon is added to the root, as in PyTorch.
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, kernel
from tui_dl.kernels.core.step_record import GRADIENT, UPDATE, WEIGHT
from tui_dl.kernels.optimizers.base import CHUNK, all_finite


@kernel("void(f4[::1], f4[::1], f4[::1], f4[:, ::1], f8[::1], f4[::1], i8, i8)")
def rmsprop(
    w: Array,
    v: Array,
    g: Array,
    squares: Array,
    settings: Doubles,
    losses: Array,
    first: int,
    last: int,
) -> None:
    """Update chunks first..last-1 of `w` and of its mean square `v`.

    `settings` are the learning rate, the number of this update, which is not used, a and epsilon.
    `squares` (chunks, 3) receive the sums of squares. If one of `losses` is not finite, nothing
    changes.
    """
    if not all_finite(losses):
        return
    rate = np.float32(settings[0])
    decay, rest = np.float32(settings[2]), np.float32(1 - settings[2])
    small = np.float32(settings[3])
    for chunk in range(first, last):
        here = slice(chunk * CHUNK, (chunk + 1) * CHUNK)
        w_, v_, g_ = w[here], v[here], g[here]
        gradient = update = weight = np.float32(0)
        for i in range(CHUNK):
            v_[i] = decay * v_[i] + rest * g_[i] * g_[i]
            step = rate * g_[i] / (np.sqrt(v_[i]) + small)
            w_[i] -= step
            gradient += g_[i] * g_[i]
            update += step * step
            weight += w_[i] * w_[i]
        squares[chunk, GRADIENT] = gradient
        squares[chunk, UPDATE] = update
        squares[chunk, WEIGHT] = weight
