"""What is recorded of a step, from what its loss and its update left behind."""

from __future__ import annotations

from math import sqrt

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, Ints, Tokens, kernel

GRADIENT, UPDATE, WEIGHT = range(3)  # columns of the sums of squares that an update leaves


@kernel("void(i8[::1], f4[::1], f4[::1], f4[::1], f8[::1], f8[::1], f8[::1])")
def record_step(
    step: Ints,
    rate: Array,
    loss: Array,
    metric: Array,
    settings: Doubles,
    loss_sums: Doubles,
    weight_sums: Doubles,
) -> None:
    """Each (1,): number, learning rate, mean loss, and share of hits, NaN where nothing can be hit.

    settings begin with the rate and the number; outcome and tally are a loss's.
    """
    rate[0], step[0] = settings[0], int(settings[1])
    loss[0] = loss_sums[0]
    metric[0] = loss_sums[1] / weight_sums[1] if weight_sums[1] > 0 else np.nan


@kernel("void(f4[::1], f4[::1], f4[::1], f4[::1], f4[:, ::1], f4[::1], i8[::1])")
def record_norms(
    gradient: Array,
    of_layer: Array,
    ratio: Array,
    of_weights: Array,
    squares: Array,
    unclipped: Array,
    starts: Ints,
) -> None:
    """Euclidean norms from sums of squares by block; layer l has blocks starts[l]..starts[l+1]-1.

    Args:
        gradient: (1,) norm of the whole gradient.
        of_layer: (layers,) norm of each layer's gradient.
        ratio: (layers,) norm of each layer's update over that of its weights.
        of_weights: (layers,) norm of each layer's weights, after the update as in `ratio`.
        squares: (blocks, 3) of gradient, update and weights.
        unclipped: (blocks,) of the gradient where it was changed before the update; else empty.
        starts: (layers + 1,).
    """
    every = 0.0
    for layer in range(of_layer.size):
        slope, step, size = 0.0, 0.0, 0.0
        for chunk in range(starts[layer], starts[layer + 1]):
            slope += unclipped[chunk] if unclipped.size else squares[chunk, GRADIENT]
            step += squares[chunk, UPDATE]
            size += squares[chunk, WEIGHT]
        of_layer[layer] = sqrt(slope)
        ratio[layer] = np.float32(sqrt(step) / max(sqrt(size), 1e-30))
        of_weights[layer] = sqrt(size)
        every += slope
    gradient[0] = sqrt(every)


@kernel("void(i4[:, ::1], i8[::1], i4[::1])")
def keep_record(kept: Tokens, count: Ints, record: Tokens) -> None:
    """Copy the words of `record` (words,) behind the `count` (1,) rows that `kept` has."""
    if count[0] < len(kept):
        for word in range(record.size):
            kept[count[0], word] = record[word]
        count[0] += 1
