"""binary_cross_entropy: loss = log(1 + e^z) - t z, over logits z; dz = sigmoid(z) - t.

It is computed as (max(z, 0) - t z) + log(1 + e^-|z|), whose terms do not cancel where z is right.
"""

from __future__ import annotations

import numpy as np
from numpy import float32

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, inline, kernel
from tui_dl.kernels.losses.pointwise import Pointwise


@inline
def _loss(z: float32, t: float32) -> float32:
    """The loss of one output; `inline` keeps the order of the sum, unlike `kernel`."""
    return ((z if z > 0 else float32(0)) - t * z) + functions.softplus(-abs(z))


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def binary_cross_entropy(
    losses: Array, dz: Array, z: Array, targets: Array, weights: Array
) -> None:
    """Each block's sum of weight * loss, in nats; all but `losses` are (blocks, outputs, LANES)."""
    size = z.size // losses.size
    for block in range(losses.size):
        here = slice(block * size, (block + 1) * size)
        dz_, z_, t, w = dz[here], z[here], targets[here], weights[here]
        loss = np.float32(0)
        for i in range(size):
            dz_[i] = w[i] * (functions.sigmoid(z_[i]) - t[i])
            loss += w[i] * _loss(z_[i], t[i])
        losses[block] = loss


class BinaryCrossEntropy(Pointwise[NoFields]):
    """Each output is a yes (1) or no (0) of its own; two classes need one output."""

    kernel = binary_cross_entropy
    binary = True
