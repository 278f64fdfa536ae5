"""Mean and variance of every channel over a mini-batch, and their running averages.

Each block of samples first computes statistics lane by lane; after a barrier every thread combines
those of all blocks for itself, in block order. A mean is stored as two numbers, the second being
the rounding error of the first: subtracting both in turn loses no digits where the mean is far
larger than the deviation.
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array, Ints, Tokens, inline, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.vectors import broadcast, load, present, store, total

PARTS = 3  # of each lane: its first number, its mean less that, squared deviations from the mean
COUNT, MEAN, REST, VARIANCE = range(4)  # rows of the statistics; the mean is MEAN + REST


@kernel("void(f4[::1], f4[::1], i8, i8, i8)")
def batch_norm_lanes(parts: Array, x: Array, blocks: int, channels: int, places: int) -> None:
    """Make `parts` (blocks, channels, PARTS, LANES), the statistics of each lane over its places.

    All sums are of x less the lane's first number, so that little cancels.
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
    """Combine the `parts` of all active blocks into count, mean and variance of every channel.

    Lanes of length 0 are left out. Where the count is 1, the running averages are used instead.

    Args:
        statistics: (blocks of this thread, 4, channels); every block receives the same numbers.
        parts: (blocks, channels, PARTS, LANES) of the whole mini-batch.
        running_mean: (channels,).
        running_var: (channels,).
        lengths: (blocks, LANES).
        active: (1,) how many blocks hold samples.
        places: numbers a channel of one sample.
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
        rest = _rounding_error(first, further, mean)
        middle, squares = broadcast(further), nothing
        for block in range(active[0]):
            at = (block * channels + c) * PARTS * LANES
            apart = load(parts, at) - origin + load(parts, at + LANES) - middle
            own = load(parts, at + 2 * LANES) + size * apart * apart
            squares = squares + present(lengths, block * LANES) * own
        variance = total(squares) / (samples * np.float32(places))
        for own_block in range(len(statistics)):
            statistics[own_block, COUNT, c] = samples * np.float32(places)
            statistics[own_block, MEAN, c] = mean
            statistics[own_block, REST, c] = rest
            statistics[own_block, VARIANCE, c] = variance


@kernel("void(f4[:, :, ::1], f4[::1], f4[::1])")
def batch_norm_running(statistics: Array, mean: Array, variance: Array) -> None:
    """Use the running averages as statistics, in evaluation, like those of a single number."""
    _set_all(statistics, np.float32(1), mean, variance)


@inline
def _set_all(statistics: Array, count: np.float32, mean: Array, variance: Array) -> None:
    """Set the statistics of all blocks to this count and these means and variances."""
    for block in range(len(statistics)):
        for c in range(mean.size):
            statistics[block, COUNT, c] = count
            statistics[block, MEAN, c] = mean[c]
            statistics[block, REST, c] = 0
            statistics[block, VARIANCE, c] = variance[c]


@kernel("void(f4[::1], f4[::1], f4[:, ::1], f4[::1])")
def batch_norm_average(mean: Array, variance: Array, statistics: Array, momentum: Array) -> None:
    """Move the running averages towards a mini-batch's statistics: r += momentum (s - r).

    The variance is the unbiased one, times n / (n - 1), as in PyTorch. Statistics of a
    single number are ignored.
    """
    step = momentum[0]
    for c in range(mean.size):
        count = statistics[COUNT, c]
        if count < 2:
            return
        unbiased = statistics[VARIANCE, c] * count / (count - np.float32(1))
        mean[c] += step * (statistics[MEAN, c] - mean[c])
        variance[c] += step * (unbiased - variance[c])


@inline
def _rounding_error(a: np.float32, b: np.float32, rounded: np.float32) -> np.float32:
    """What rounding has taken off a + b; `rounded` is a + b in float32 (Knuth 1969)."""
    further = rounded - a
    return (a - (rounded - further)) + (b - further)
