"""The record of a training step, made from the sums that its loss and its update have stored."""

from __future__ import annotations

from math import sqrt

import numpy as np

from tui_dl.kernels.core.jit import Array, Doubles, Ints, Tokens, kernel

GRADIENT, UPDATE, WEIGHT = range(3)  # columns of the sums of squares that an update stores


@kernel("void(i8[::1], f4[::1], f4[::1], f4[::1], f8[::1], f8[::1], f8[::1], f8[::1])")
def record_step(
    step: Ints,
    rate: Array,
    loss: Array,
    metric: Array,
    learning_rate: Doubles,
    number: Doubles,
    loss_sums: Doubles,
    weight_sums: Doubles,
) -> None:
    """Record a step's number, learning rate, mean loss and accuracy, each (1,).

    The accuracy is NaN where nothing is right or wrong. `learning_rate` and `number` (1,) are those
    of the update; `loss_sums` and `weight_sums` are those of `Loss`.
    """
    rate[0], step[0] = learning_rate[0], int(number[0])
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
    """Compute Euclidean norms of each layer; layer l has chunks starts[l]..starts[l+1]-1.

    Args:
        gradient: (1,) norm of the whole gradient.
        of_layer: (layers,) norm of each layer's gradient.
        ratio: (layers,) norm of each layer's update over that of its weights.
        of_weights: (layers,) norm of each layer's weights, after the update as in `ratio`.
        squares: (chunks, 3) sums of squares of gradient, update and weights; see `optimizers.base`.
        unclipped: (chunks,) that of the gradient before clipping; empty if it is not clipped.
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
    """Append `record` (words,) to `kept`, which has `count` (1,) rows so far, if there is room."""
    if count[0] < len(kept):
        for word in range(record.size):
            kept[count[0], word] = record[word]
        count[0] += 1
