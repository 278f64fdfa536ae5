"""Changes of the gradient before an update: clipping, then the gradients of weight penalties.

By norm, g *= min(1, norm / (|g| + 1e-6)), where |g| is the norm of all gradients together (Pascanu
et al. 2013; PyTorch's clip_grad_norm_). By value, each number is clamped to -value..value. The
penalties are l1 |w| and l2 w^2 / 2.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, kernel
from tui_dl.kernels.optimizers.base import CHUNK


@kernel("void(f4[::1], f4[::1], i8, i8)")
def square_sums(sums: Array, g: Array, first: int, last: int) -> None:
    """sums[c] = the sum of squares of chunk c of `g`, for chunks first..last-1."""
    for chunk in range(first, last):
        g_ = g[chunk * CHUNK : (chunk + 1) * CHUNK]
        total = np.float32(0)
        for i in range(CHUNK):
            total += g_[i] * g_[i]
        sums[chunk] = total


@kernel("void(f4[::1], f4[::1], f4[::1], f8[::1], i8, i8)")
def clip(g: Array, w: Array, sums: Array, limits: Doubles, first: int, last: int) -> None:
    """Clip the gradients `g` of chunks first..last-1 and add those of the penalties on `w`.

    `sums` are the sums of squares of all chunks; `limits` are the largest norm and the largest
    value, infinity where there is none, then l1 and l2.
    """
    total = 0.0
    for chunk in range(sums.size):
        total += sums[chunk]
    factor = np.float32(min(1.0, limits[0] / (sqrt(total) + 1e-6)))
    most, l1, l2 = np.float32(limits[1]), np.float32(limits[2]), np.float32(limits[3])
    here = slice(first * CHUNK, last * CHUNK)
    g_, w_ = g[here], w[here]
    for i in range(g_.size):
        clipped = factor * g_[i]
        clipped = most if clipped > most else clipped
        clipped = -most if clipped < -most else clipped
        sign = np.float32(w_[i] > 0) - np.float32(w_[i] < 0)
        g_[i] = clipped + l1 * sign + l2 * w_[i]
