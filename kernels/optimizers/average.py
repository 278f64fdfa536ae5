"""The exponentially weighted average of the weights: a += (1 - b) / (1 - b^t) (w - a) at update t.

This equals v / (1 - b^t), the bias correction of Adam, with v = b v + (1 - b) w.
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, kernel
from tui_dl.kernels.optimizers.base import all_finite, chunks


@kernel("void(f4[::1], f4[::1], f8[::1], f8[::1], f4[::1], i8, i8)")
def average(
    a: Array,
    w: Array,
    step: Doubles,
    decay: Doubles,
    losses: Array,
    first: int,
    last: int,
) -> None:
    """Update chunks first..last-1 of the average `a` of the weights `w`.

    `step` (1,) is the number t >= 1 of the update; `decay` (1,) is b. If one of `losses` is not
    finite, nothing changes.
    """
    if not all_finite(losses):
        return
    part = np.float32((1 - decay[0]) / (1 - decay[0] ** step[0]))
    a_, w_ = chunks(a, first, last), chunks(w, first, last)
    for i in range(a_.size):
        a_[i] += part * (w_[i] - a_[i])
