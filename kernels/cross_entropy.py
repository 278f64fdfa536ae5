"""Softmax and cross entropy in one: loss = log(sum exp z) - z[label]; dz = softmax(z) - one-hot.

Labels may be many a sample, one for each time step; a negative one asks for nothing.
"""

from __future__ import annotations

from functools import partial
from math import log, prod
from typing import Any

import numpy as np

from tui_dl.kernels import functions
from tui_dl.kernels.jit import Array, Ints, Symbols, kernel
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, flat, zeros
from tui_dl.kernels.loss import Loss, into_lanes


class CrossEntropy(Loss):
    """Over logits of (shards, classes, LANES) or (shards, times, classes, LANES), in nats."""

    def __init__(self, fields: Any, y: Array, dy: Array) -> None:
        shape = y.shape[1:-2]
        super().__init__(fields, y, dy, prod(shape))
        self.targets: Symbols = zeros(len(y), *shape, LANES, dtype=np.int32)

    def take(self, targets: Any) -> None:
        wanted = targets >= 0
        self.count = int(wanted.sum())
        into_lanes(self.targets, np.maximum(targets, 0))
        weights = wanted * np.float32(1 / max(self.count, 1))
        into_lanes(self.weights, weights.reshape(len(targets), -1))

    def calls(self, shards: slice) -> list[Call]:
        return [
            partial(
                cross_entropy, flat(self.losses[shards]), flat(self.hits[shards]),
                flat(self.dy[shards]), flat(self.y[shards]),
                flat(self.targets[shards]), flat(self.weights[shards]), zeros(2, LANES),
                self.y.shape[-2],
            )
        ]  # fmt: skip


@kernel("void(f4[::1], i8[::1], f4[::1], f4[::1], i4[::1], f4[::1], f4[:, ::1], i8)")
def cross_entropy(
    losses: Array,
    hits: Ints,
    dz: Array,
    z: Array,
    labels: Symbols,
    weights: Array,
    scratch: Array,
    classes: int,
) -> None:
    """Loss and accuracy of every shard, and the gradient for the logits.

    Args:
        losses: (shards,) sum over lanes of weight * loss, in nats.
        hits: (shards,) samples of weight > 0 whose largest logit is their label's.
        dz: (shards, classes, LANES) weight * (softmax(z) - one-hot); may be `z` itself.
        z: (shards, classes, LANES) logits.
        labels: (shards, LANES) in 0..classes-1.
        weights: (shards, LANES); 0 in a lane without a sample.
        scratch: (2, LANES) to work with.
        classes: how many.
    """
    top, total = scratch[0], scratch[1]
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
