"""binary_cross_entropy: loss = log(1 + e^z) - t z, over logits z; dz = sigmoid(z) - t."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels import functions
from tui_dl.kernels.jit import Array, kernel
from tui_dl.kernels.pointwise import Pointwise


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
def binary_cross_entropy(
    losses: Array, dz: Array, z: Array, targets: Array, weights: Array
) -> None:
    """Each shard's sum of weight * loss, in nats; all but `losses` are (shards, outputs, LANES)."""
    size = z.size // losses.size
    for shard in range(losses.size):
        here = slice(shard * size, (shard + 1) * size)
        dz_, z_, t, w = dz[here], z[here], targets[here], weights[here]
        loss = np.float32(0)
        for i in range(size):
            dz_[i] = w[i] * (functions.sigmoid(z_[i]) - t[i])
            loss += w[i] * (functions.softplus(z_[i]) - t[i] * z_[i])
        losses[shard] = loss


class BinaryCrossEntropy(Pointwise):
    """Each output tells by itself of yes (1) or no (0); of two classes one output tells."""

    kernel = binary_cross_entropy
    binary = True
