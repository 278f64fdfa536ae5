"""adam: m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= lr m^ / (sqrt(v^) + epsilon).

m^ = m / (1 - b1^t) and v^ = v / (1 - b2^t) (Kingma & Ba 2015, algorithm 1). With a weight decay d,
w -= lr d w as well: AdamW (Loshchilov & Hutter 2019).
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, kernel
from tui_dl.kernels.core.step_record import GRADIENT, UPDATE, WEIGHT
from tui_dl.kernels.optimizers.base import CHUNK, all_finite


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[:, ::1], f8[::1], f4[::1], i8, i8)")
def adam(
    w: Array,
    m: Array,
    v: Array,
    g: Array,
    squares: Array,
    settings: Doubles,
    losses: Array,
    first: int,
    last: int,
) -> None:
    """Update chunks first..last-1 of `w` and of its moments `m` and `v`.

    `settings` are the learning rate, the number t >= 1 of this update, beta1, beta2, epsilon and
    the weight decay; epsilon is added to the corrected root, as in PyTorch. `squares` (chunks, 3)
    receive the sums of squares. If one of `losses` is not finite, nothing changes.
    """
    if not all_finite(losses):
        return
    learning_rate, t, beta1, beta2, epsilon = (
        settings[0], settings[1], settings[2], settings[3], settings[4],
    )  # fmt: skip
    rate = np.float32(learning_rate / (1 - beta1**t))
    root = np.float32(1 / sqrt(1 - beta2**t))
    decay1, rest1 = np.float32(beta1), np.float32(1 - beta1)
    decay2, rest2 = np.float32(beta2), np.float32(1 - beta2)
    small, shrink = np.float32(epsilon), np.float32(learning_rate * settings[5])
    for chunk in range(first, last):
        here = slice(chunk * CHUNK, (chunk + 1) * CHUNK)
        w_, m_, v_, g_ = w[here], m[here], v[here], g[here]
        gradient = update = weight = np.float32(0)
        for i in range(CHUNK):
            m_[i] = decay1 * m_[i] + rest1 * g_[i]
            v_[i] = decay2 * v_[i] + rest2 * g_[i] * g_[i]
            step = rate * m_[i] / (np.sqrt(v_[i]) * root + small) + shrink * w_[i]
            w_[i] -= step
            gradient += g_[i] * g_[i]
            update += step * step
            weight += w_[i] * w_[i]
        squares[chunk, GRADIENT] = gradient
        squares[chunk, UPDATE] = update
        squares[chunk, WEIGHT] = weight
