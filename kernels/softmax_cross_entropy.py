"""Softmax and cross entropy in one: loss = log(sum exp z) - z[label]; dz = softmax(z) - one-hot."""

from __future__ import annotations

from math import log

import numpy as np

from tui_dl.kernels import functions
from tui_dl.kernels.jit import Array, Ints, Symbols, kernel
from tui_dl.kernels.lanes import LANES


@kernel("void(f4[::1], i8[::1], f4[::1], f4[::1], i4[::1], f4[::1], i8)")
def softmax_cross_entropy(
    losses: Array, hits: Ints, dz: Array, z: Array, labels: Symbols, weights: Array, classes: int
) -> None:
    """Loss and accuracy of every shard, and the gradient for the logits.

    Args:
        losses: (shards,) sum over lanes of weight * loss, in nats.
        hits: (shards,) samples of weight > 0 whose largest logit is their label's.
        dz: (shards, classes, LANES) weight * (softmax(z) - one-hot); may be `z` itself.
        z: (shards, classes, LANES) logits.
        labels: (shards, LANES) in 0..classes-1.
        weights: (shards, LANES); 0 in a lane without a sample.
        classes: how many.
    """
    top = np.empty(LANES, np.float32)
    total = np.empty(LANES, np.float32)
    for shard in range(losses.size):
        at = shard * classes * LANES
        for lane in range(LANES):
            top[lane] = z[at + lane]
            total[lane] = 0
        for c in range(1, classes):
            for lane in range(LANES):
                top[lane] = max(top[lane], z[at + c * LANES + lane])
        loss = np.float32(0)
        hit = 0
        for lane in range(LANES):
            weight = weights[shard * LANES + lane]
            own = z[at + labels[shard * LANES + lane] * LANES + lane]
            loss += weight * (top[lane] - own) if weight > 0 else np.float32(0)
            hit += weight > 0 and own >= top[lane]
        for c in range(classes):
            for lane in range(LANES):
                i = at + c * LANES + lane
                dz[i] = functions.exp(z[i] - top[lane])
                total[lane] += dz[i]
        for lane in range(LANES):
            weight = weights[shard * LANES + lane]
            loss += weight * np.float32(log(total[lane])) if weight > 0 else np.float32(0)
            total[lane] = weight / total[lane]
        for c in range(classes):
            for lane in range(LANES):
                dz[at + c * LANES + lane] *= total[lane]
        for lane in range(LANES):
            label = labels[shard * LANES + lane]
            dz[at + label * LANES + lane] -= weights[shard * LANES + lane]
        losses[shard] = loss
        hits[shard] = hit
