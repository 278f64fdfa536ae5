"""global_avg_pool: y[c] is the mean of x[c] over an image, or y[f] that of x[t, f] over time.

Padding after the end of a sequence is left out of the mean.
"""

from __future__ import annotations

from functools import partial
from math import prod

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.layers.base import Layer


class GlobalAvgPool(Layer[NoFields]):
    """A weighted sum over places; kernels see x as (blocks, channels, places, features, LANES).

    An image has one feature, a sequence has one channel and its time steps as places.

    Attributes:
        weights: (blocks, places, LANES) the weight of each place, 1 / how many there are.
    """

    def prepare(self) -> None:
        self.timed = self.x.ndim == 4
        _, first, *rest, _ = self.x.shape
        self.sizes = (1, first, *rest) if self.timed else (first, prod(rest), 1)
        self.weights = zeros(len(self.x), self.sizes[1], LANES)
        self.weights[...] = 1 / self.sizes[1]

    def forward(self, blocks: slice) -> list[Call]:
        weights = flat(self.weights[blocks])
        arrays = flat(self.y[blocks]), flat(self.x[blocks]), weights
        calls: list[Call] = [partial(global_avg_pool_forward, *arrays, *self.sizes)]
        if self.timed:
            lengths = flat(self.batch.lengths[blocks])
            calls.insert(0, partial(time_weights, weights, lengths, self.sizes[1]))
        return calls

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks]), flat(self.weights[blocks])
        return [partial(global_avg_pool_backward, *arrays, *self.sizes)]


@kernel("void(f4[::1], i4[::1], i8)")
def time_weights(weights: Array, lengths: Tokens, times: int) -> None:
    """weights[b, t] = 1 / length of the lane's sequence where t < length, else 0."""
    for block in range(lengths.size // LANES):
        for t in range(times):
            for lane in range(LANES):
                length = lengths[block * LANES + lane]
                weight = np.float32(1) / np.float32(max(length, 1))
                weights[(block * times + t) * LANES + lane] = weight if t < length else 0


@kernel("void(f4[::1], f4[::1], f4[::1], i8, i8, i8)")
def global_avg_pool_forward(
    y: Array, x: Array, weights: Array, channels: int, places: int, features: int
) -> None:
    """y[b, c, f] = sum over p of weights[b, p] x[b, c, p, f]."""
    for block in range(weights.size // (places * LANES)):
        for c in range(channels):
            plane = block * channels + c
            for f in range(features):
                sums = broadcast(np.float32(0))
                for p in range(places):
                    weight = load(weights, (block * places + p) * LANES)
                    sums = sums + weight * load(x, ((plane * places + p) * features + f) * LANES)
                store(y, (plane * features + f) * LANES, sums)


@kernel("void(f4[::1], f4[::1], f4[::1], i8, i8, i8)")
def global_avg_pool_backward(
    dx: Array, dy: Array, weights: Array, channels: int, places: int, features: int
) -> None:
    """dx[b, c, p, f] = weights[b, p] dy[b, c, f]."""
    for block in range(weights.size // (places * LANES)):
        for c in range(channels):
            plane = block * channels + c
            for p in range(places):
                weight = load(weights, (block * places + p) * LANES)
                for f in range(features):
                    slope = load(dy, (plane * features + f) * LANES)
                    store(dx, ((plane * places + p) * features + f) * LANES, weight * slope)
