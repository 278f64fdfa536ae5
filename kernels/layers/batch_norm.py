"""batch_norm: y = weight * x^ + bias, x^ = (x - mean) / sqrt(variance + epsilon), by channel.

Ioffe & Szegedy 2015. In training, mean and variance are those of the mini-batch, over its samples
and places; they also go into running averages, the variance times n / (n - 1) as in PyTorch, which
take their place where nothing is learned. With n numbers a channel,

    dweight = sum of dy x^,   dbias = sum of dy,
    dx = weight / sqrt(variance + epsilon) * (dy - dbias / n - x^ dweight / n).

One number alone has no variance, and its x^ would be 0 whatever it is. So where a mini-batch has
one number a channel, the running averages stand in for mean and variance, and stay as they are; as
they do not depend on x, dx = weight / sqrt(variance + epsilon) * dy.

Every shard writes its part of the sums; when all threads have met, each adds up all parts. A mean
is kept as two numbers, the second being what rounding has left of the first: x less one and then
the other loses no digits where the mean is far larger than the deviation.
"""

from __future__ import annotations

from functools import partial
from math import prod, sqrt
from typing import Any

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Ints, Tokens, inline, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.core.vectors import broadcast, load, present, store, total
from tui_dl.kernels.gemm.gemm import sum_blocks
from tui_dl.kernels.layers.base import Layer

PARTS = 3  # of each lane: its first number, its mean less that, squared deviations from the mean
COUNT, MEAN, REST, VARIANCE = range(4)  # rows of the statistics; the mean is MEAN + REST


class BatchNorm(Layer):
    """Channels are the first axis of a sample; x is (shards, channels, places..., LANES)."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
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
            partial(batch_norm_parts, flat(self.parts[blocks]), x, count, *sizes),
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
                batch_norm_slopes, dweight[blocks], dbias[blocks], dy, x, statistics,
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
        calls: list[Call] = [
            partial(sum_blocks, self.dw[name], flat(sums), blocks, part, parts)
            for name, sums in self.dw_by_block.items()
        ]
        return [*calls, self.average()] if part == 0 else calls

    def average(self) -> Call:
        """Move the running averages towards the statistics of the mini-batch just seen."""
        own = self.statistics[0], self.momentum
        return partial(batch_norm_average, *self.running, *own)


@kernel("void(f4[::1], f4[::1], i8, i8, i8)")
def batch_norm_parts(parts: Array, x: Array, blocks: int, channels: int, places: int) -> None:
    """parts[s, c] = each lane's first number, its mean over places less that, and its deviations'.

    These are sums of squares; all sums are of x less its first number, so that little cancels.
    """
    nothing, share = broadcast(np.float32(0)), broadcast(np.float32(1 / places))
    for plane in range(blocks * channels):
        at = plane * places * LANES
        first, sums, squares = load(x, at), nothing, nothing
        for i in range(places):
            apart = load(x, at + i * LANES) - first
            sums = sums + apart
            squares = squares + apart * apart
        to = plane * PARTS * LANES
        store(parts, to, first)
        store(parts, to + LANES, sums * share)
        store(parts, to + 2 * LANES, squares - sums * sums * share)


@kernel("void(f4[:, :, ::1], f4[::1], f4[::1], f4[::1], i4[::1], i8[::1], i8)")
def batch_norm_statistics(
    statistics: Array,
    parts: Array,
    running_mean: Array,
    running_var: Array,
    lengths: Tokens,
    active: Ints,
    places: int,
) -> None:
    """statistics[s] = count, mean and variance of every channel, from the parts of active shards.

    Lanes of length 0 are left out. Where the count is 1 the others are the running averages.
    """
    channels = statistics.shape[2]
    nothing, size = broadcast(np.float32(0)), broadcast(np.float32(places))
    lanes = nothing
    for block in range(active[0]):
        lanes = lanes + present(lengths, block * LANES)
    samples = total(lanes)
    if samples * np.float32(places) < 2:
        _set_all(statistics, samples, running_mean, running_var)
        return
    for c in range(channels):
        first = parts[c * PARTS * LANES]  # of the first sample
        origin, sums = broadcast(first), nothing
        for block in range(active[0]):
            at = (block * channels + c) * PARTS * LANES
            apart = load(parts, at) - origin + load(parts, at + LANES)
            sums = sums + present(lengths, block * LANES) * apart
        further = total(sums) / samples
        mean = first + further
        rest = _left(first, further, mean)
        middle, squares = broadcast(further), nothing
        for block in range(active[0]):
            at = (block * channels + c) * PARTS * LANES
            apart = load(parts, at) - origin + load(parts, at + LANES) - middle
            own = load(parts, at + 2 * LANES) + size * apart * apart
            squares = squares + present(lengths, block * LANES) * own
        variance = total(squares) / (samples * np.float32(places))
        for own_shard in range(len(statistics)):
            statistics[own_shard, COUNT, c] = samples * np.float32(places)
            statistics[own_shard, MEAN, c] = mean
            statistics[own_shard, REST, c] = rest
            statistics[own_shard, VARIANCE, c] = variance


@kernel("void(f4[:, :, ::1], f4[::1], f4[::1])")
def batch_norm_running(statistics: Array, mean: Array, variance: Array) -> None:
    """The running averages in place of a mini-batch's statistics."""
    _set_all(statistics, np.float32(0), mean, variance)


@inline
def _set_all(statistics: Array, count: np.float32, mean: Array, variance: Array) -> None:
    """The same count for all channels of all shards, and these means and variances."""
    for block in range(len(statistics)):
        for c in range(mean.size):
            statistics[block, COUNT, c] = count
            statistics[block, MEAN, c] = mean[c]
            statistics[block, REST, c] = 0
            statistics[block, VARIANCE, c] = variance[c]


@kernel("void(f4[::1], f4[::1], f4[:, ::1], f4[::1])")
def batch_norm_average(mean: Array, variance: Array, statistics: Array, momentum: Array) -> None:
    """Move the running averages towards a mini-batch's statistics, by `momentum` of the way.

    Those of a single number say nothing.
    """
    step = momentum[0]
    for c in range(mean.size):
        count = statistics[COUNT, c]
        if count < 2:
            return
        unbiased = statistics[VARIANCE, c] * count / (count - np.float32(1))
        mean[c] += step * (statistics[MEAN, c] - mean[c])
        variance[c] += step * (unbiased - variance[c])


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
    """Y = weight * x^ + bias."""
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
def batch_norm_slopes(
    dweight: Array,
    dbias: Array,
    dy: Array,
    x: Array,
    statistics: Array,
    places: int,
    epsilon: Array,
) -> None:
    """dweight[s] = sum of dy x^ and dbias[s] = sum of dy, over the shard."""
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
    """These shards' dx from the slopes of all; 0 in lanes of length 0. `sums` is scratch."""
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
            # dx = slope * dy - (x - mean) * turn - shift
            mean, rest = statistics[block, MEAN, c], statistics[block, REST, c]
            turn = weight[c] * inverse * inverse * sums[0, c] / count
            shift = weight[c] * inverse * sums[1, c] / count
            slope, tilt = broadcast(weight[c] * inverse), broadcast(turn)
            middle, start = broadcast(mean), broadcast(shift - turn * rest)
            at = (block * channels + c) * places * LANES
            for i in range(at, at + places * LANES, LANES):
                apart = load(x, i) - middle
                store(dx, i, there * (slope * load(dy, i) - tilt * apart - start))


@inline
def _left(a: np.float32, b: np.float32, sum_: np.float32) -> np.float32:
    """What is left of a + b beside `sum_`, which is that rounded (Knuth 1969)."""
    further = sum_ - a
    return (a - (sum_ - further)) + (b - further)


@inline
def _scale(variance: np.float32, epsilon: Array) -> np.float32:
    return np.float32(1 / sqrt(variance + epsilon[0]))
