"""batch_norm: y = weight * x^ + bias, x^ = (x - mean) / sqrt(variance + epsilon), by channel.

Ioffe & Szegedy 2015. In training, mean and variance are those of the mini-batch, over its samples
and places, and move the running averages; in evaluation the running averages are used instead. With
n numbers a channel,

    dweight = sum of dy x^,   dbias = sum of dy,
    dx = weight / sqrt(variance + epsilon) * (dy - dbias / n - x^ dweight / n).

A single number has no variance, and its x^ would always be 0. So where a mini-batch has one number
a channel, the running averages are used in training too, and are not moved; as they do not depend
on x, dx = weight / sqrt(variance + epsilon) * dy.
"""

from __future__ import annotations

from functools import partial
from math import prod, sqrt
from typing import Protocol

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Ints, Tokens, inline, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.core.sums import sum_weights
from tui_dl.kernels.core.vectors import broadcast, load, present, store, total
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.batch_statistics import (
    COUNT,
    MEAN,
    PARTS,
    REST,
    VARIANCE,
    batch_norm_average,
    batch_norm_lanes,
    batch_norm_running,
    batch_norm_statistics,
)


class BatchNormFields(Protocol):
    """`momentum` is the share of the newest mini-batch in the running averages."""

    epsilon: float
    momentum: float


class BatchNorm(Layer[BatchNormFields]):
    """Over x of (blocks, channels, places..., LANES).

    Attributes:
        places: numbers a channel of one sample.
        running: running mean and variance, (channels,) each.
        parts: statistics of each lane; see `batch_norm_lanes`.
        statistics: (blocks, 4, channels) of the mini-batch; see `batch_norm_statistics`.
        dw_by_block: gradients of the weights, (blocks, channels) each.
    """

    running: tuple[Array, Array]

    def prepare(self) -> None:
        blocks, self.channels = self.x.shape[:2]
        self.places = prod(self.x.shape[2:-1])
        self.epsilon = np.array([self.fields.epsilon], np.float32)  # kernels take no single floats
        self.momentum = np.array([self.fields.momentum], np.float32)
        self.running = zeros(self.channels), np.ones(self.channels, np.float32)
        self.buffers = dict(zip(("running_mean", "running_var"), self.running, strict=True))
        self.parts = zeros(blocks, self.channels, PARTS, LANES)
        self.statistics = zeros(blocks, 4, self.channels)
        self.dw_by_block = {name: zeros(blocks, self.channels) for name in self.dw}

    def forward(self, blocks: slice) -> list[Call]:
        x, y = flat(self.x[blocks]), flat(self.y[blocks])
        count, sizes = len(self.x[blocks]), (self.channels, self.places)
        return [
            partial(batch_norm_lanes, flat(self.parts[blocks]), x, count, *sizes),
            BARRIER,
            partial(
                batch_norm_statistics, self.statistics[blocks], flat(self.parts), *self.running,
                flat(self.batch.lengths), self.batch.active, self.places,
            ),
            partial(
                batch_norm_forward, y, x, self.statistics[blocks], self.w["weight"],
                self.w["bias"], self.places, self.epsilon,
            ),
        ]  # fmt: skip

    def evaluate(self, blocks: slice) -> list[Call]:
        x, y, statistics = self.x[blocks], self.y[blocks], self.statistics[blocks]
        return [
            partial(batch_norm_running, statistics, *self.running),
            partial(
                batch_norm_forward, flat(y), flat(x), statistics, self.w["weight"],
                self.w["bias"], self.places, self.epsilon,
            ),
        ]  # fmt: skip

    def backward(self, blocks: slice) -> list[Call]:
        x, dy, statistics = flat(self.x[blocks]), flat(self.dy[blocks]), self.statistics[blocks]
        dweight, dbias = self.dw_by_block["weight"], self.dw_by_block["bias"]
        calls = [
            partial(
                batch_norm_weight_gradient, dweight[blocks], dbias[blocks], dy, x, statistics,
                self.places, self.epsilon,
            )
        ]  # fmt: skip
        if self.dx is None:
            return calls
        return [
            *calls,
            BARRIER,
            partial(
                batch_norm_backward, flat(self.dx[blocks]), dy, x, statistics, dweight, dbias,
                self.w["weight"], flat(self.batch.lengths[blocks]), self.batch.active,
                zeros(2, self.channels), self.places, self.epsilon,
            ),
        ]  # fmt: skip

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        calls = sum_weights(self.dw, self.dw_by_block, blocks, part, parts)
        return calls + self.average() if part == 0 else calls

    def reset_averages(self) -> None:
        mean, variance = self.running
        mean[:], variance[:] = 0, 1

    def average(self) -> list[Call]:
        own = self.statistics[0], self.momentum
        return [partial(batch_norm_average, *self.running, *own)]


@kernel("void(f4[::1], f4[::1], f4[:, :, ::1], f4[::1], f4[::1], i8, f4[::1])")
def batch_norm_forward(
    y: Array,
    x: Array,
    statistics: Array,
    weight: Array,
    bias: Array,
    places: int,
    epsilon: Array,
) -> None:
    """Make y = weight * x^ + bias."""
    blocks, _, channels = statistics.shape
    for block in range(blocks):
        for c in range(channels):
            scale = weight[c] * _scale(statistics[block, VARIANCE, c], epsilon)
            slope, mean = broadcast(scale), broadcast(statistics[block, MEAN, c])
            start = broadcast(bias[c] - scale * statistics[block, REST, c])
            at = (block * channels + c) * places * LANES
            for i in range(at, at + places * LANES, LANES):
                store(y, i, (load(x, i) - mean) * slope + start)


@kernel("void(f4[:, ::1], f4[:, ::1], f4[::1], f4[::1], f4[:, :, ::1], i8, f4[::1])")
def batch_norm_weight_gradient(
    dweight: Array,
    dbias: Array,
    dy: Array,
    x: Array,
    statistics: Array,
    places: int,
    epsilon: Array,
) -> None:
    """dweight[b] = sum of dy x^ and dbias[b] = sum of dy, over block b."""
    blocks, _, channels = statistics.shape
    for block in range(blocks):
        for c in range(channels):
            mean, rest = statistics[block, MEAN, c], statistics[block, REST, c]
            middle = broadcast(mean)
            products, sums = broadcast(np.float32(0)), broadcast(np.float32(0))
            at = (block * channels + c) * places * LANES
            for i in range(at, at + places * LANES, LANES):
                slope = load(dy, i)
                sums = sums + slope
                products = products + slope * (load(x, i) - middle)
            product = total(products) - rest * total(sums)
            dweight[block, c] = product * _scale(statistics[block, VARIANCE, c], epsilon)
            dbias[block, c] = total(sums)


@kernel(
    "void(f4[::1], f4[::1], f4[::1], f4[:, :, ::1], f4[:, ::1], f4[:, ::1], f4[::1], i4[::1],"
    " i8[::1], f4[:, ::1], i8, f4[::1])"
)
def batch_norm_backward(
    dx: Array,
    dy: Array,
    x: Array,
    statistics: Array,
    dweight: Array,
    dbias: Array,
    weight: Array,
    lengths: Tokens,
    active: Ints,
    sums: Array,
    places: int,
    epsilon: Array,
) -> None:
    """Make dx of some blocks from the weight gradients of all of them; 0 in lanes of length 0.

    `sums` (2, channels) is scratch for those gradients, added up over blocks.
    """
    blocks, _, channels = statistics.shape
    sums[:] = 0
    if statistics[0, COUNT, 0] >= 2:  # the mean and variance depend on x
        for block in range(active[0]):
            for c in range(channels):
                sums[0, c] += dweight[block, c]
                sums[1, c] += dbias[block, c]
    for block in range(blocks):
        there = present(lengths, block * LANES)
        for c in range(channels):
            count = statistics[block, COUNT, c]
            inverse = _scale(statistics[block, VARIANCE, c], epsilon)
            # dx = slope * dy - (x - mean) * tilt - shift
            mean, rest = statistics[block, MEAN, c], statistics[block, REST, c]
            tilt = weight[c] * inverse * inverse * sums[0, c] / count
            shift = weight[c] * inverse * sums[1, c] / count
            slopes, tilts = broadcast(weight[c] * inverse), broadcast(tilt)
            middle, start = broadcast(mean), broadcast(shift - tilt * rest)
            at = (block * channels + c) * places * LANES
            for i in range(at, at + places * LANES, LANES):
                apart = load(x, i) - middle
                store(dx, i, there * (slopes * load(dy, i) - tilts * apart - start))


@inline
def _scale(variance: np.float32, epsilon: Array) -> np.float32:
    """1 / sqrt(variance + epsilon)."""
    return np.float32(1 / sqrt(variance + epsilon[0]))
