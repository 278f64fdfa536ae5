"""average: v = b v + (1 - b) w, and v / (1 - b^t) after t updates, kept as one array.

The exponentially weighted average of the weights, its bias corrected as in Adam:
a += (1 - b) / (1 - b^t) (w - a).
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, kernel
from tui_dl.kernels.optimizers.base import CHUNK, all_finite


@kernel("void(f4[::1], f4[::1], f8[::1], f8[::1], f4[::1], i8, i8)")
def average(
    a: Array,
    w: Array,
    settings: Doubles,
    memory: Doubles,
    losses: Array,
    first: int,
    last: int,
) -> None:
    """Take blocks first..last-1 of the weights `w` into their average `a`.

    settings hold the number t >= 1 of the update behind the learning rate; memory is b. Where one
    of `losses` is not finite nothing is done.
    """
    if not all_finite(losses):
        return
    part = np.float32((1 - memory[0]) / (1 - memory[0] ** settings[1]))
    here = slice(first * CHUNK, last * CHUNK)
    a_, w_ = a[here], w[here]
    for i in range(a_.size):
        a_[i] += part * (w_[i] - a_[i])
