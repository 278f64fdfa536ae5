"""Changes of the gradient before an update: clipping, then the gradients of weight penalties.

By norm, g *= min(1, norm / (|g| + 1e-6)), where |g| is the norm of all gradients together (Pascanu
et al. 2013; PyTorch's clip_grad_norm_). By value, each number is clamped to -value..value. The
penalties are l1 |w| and l2 w^2 / 2.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numba
import numpy as np

from tui_dl.kernels.core.jit import Array, kernel
from tui_dl.kernels.optimizers.base import CHUNK, Settings, chunks, record_of


class Limits(NamedTuple):
    """The largest norm and the largest value, infinity where there is none, and the penalties."""

    norm: float
    value: float
    l1: float
    l2: float


@kernel("void(f4[::1], f4[::1], i8, i8)")
def square_sums(sums: Array, g: Array, first: int, last: int) -> None:
    """sums[c] = the sum of squares of chunk c of `g`, for chunks first..last-1."""
    for chunk in range(first, last):
        g_ = chunks(g, chunk, chunk + 1)
        total = np.float32(0)
        for i in range(CHUNK):
            total += g_[i] * g_[i]
        sums[chunk] = total


FLOATS, NUMBER = numba.float32[::1], numba.int64
LIMITS = numba.from_dtype(record_of(Limits))[::1]


@kernel(numba.void(FLOATS, FLOATS, FLOATS, LIMITS, NUMBER, NUMBER))
def clip(g: Array, w: Array, sums: Array, limits: Settings, first: int, last: int) -> None:
    """Clip the gradients `g` of chunks first..last-1 and add those of the penalties on `w`.

    `sums` are the sums of squares of all chunks; `limits` (1,) is a record of `Limits`.
    """
    total = 0.0
    for chunk in range(sums.size):
        total += sums[chunk]
    limit = limits[0]
    factor = np.float32(min(1.0, limit.norm / (sqrt(total) + 1e-6)))
    most, l1, l2 = np.float32(limit.value), np.float32(limit.l1), np.float32(limit.l2)
    g_, w_ = chunks(g, first, last), chunks(w, first, last)
    for i in range(g_.size):
        clipped = factor * g_[i]
        clipped = most if clipped > most else clipped
        clipped = -most if clipped < -most else clipped
        sign = np.float32(w_[i] > 0) - np.float32(w_[i] < 0)
        g_[i] = clipped + l1 * sign + l2 * w_[i]
