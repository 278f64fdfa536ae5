"""What every loss offers: one number to make small, and its gradient for the network's output."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any, ClassVar

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array, Doubles, Ints, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call


class Loss:
    """A loss over outputs of (shards, ..., LANES), the mean over all places where one is wanted.

    A place is what one class is told of, by as many outputs as there are classes, or, where
    targets are real numbers, each output.

    Attributes:
        y, dy: the network's output and the gradient the loss makes for it.
        targets: what was wanted, in lanes as `y` is.
        losses: (shards, n) sums of weight * loss.
        correct: (shards, places) in how many lanes the output is right.
        weight_sums: (2,) of the targets set last: the sum of weights that the mean loss is over,
            and how many places are right or wrong, 0 where nothing is.
        loss_sums: (2,) their sums of weight * loss and of correct, in the order of the blocks.
        taking: the kernels that `set_targets` calls.
    """

    taking: ClassVar[tuple[Any, ...]] = ()

    def __init__(self, fields: Any, y: Array, dy: Array, classes: int) -> None:
        """`fields` are the loss's in TOML; `classes` those of the targets, 0 for real numbers."""
        self.fields, self.y, self.dy, self.classes = fields, y, dy, classes
        self.width = y.shape[-2] if classes else 1  # outputs of a place
        self.places = prod(y.shape[1:-1]) // self.width
        self.targets: Any
        self.losses: Array
        self.correct: Ints = zeros(len(y), self.places, dtype=np.int64)
        self.weight_sums, self.loss_sums = np.zeros(2), np.zeros(2)

    def set_targets(self, targets: Any) -> None:
        """The targets (samples, ...) of the next mini-batch; the other lanes count for nothing.

        Targets are int32 classes, negative where nothing is wanted, or float32 numbers.
        """
        raise NotImplementedError

    def want_inputs(self, inputs: Array) -> None:
        """From now on the targets are `inputs`, in lanes already, of as many numbers as `y`."""
        raise NotImplementedError

    def calls(self, blocks: slice) -> list[Call]:
        """Make losses, hits and dy of these shards."""
        raise NotImplementedError

    def add_up(self, blocks: int) -> Call:
        """Make the outcome of the first `blocks` shards."""
        losses, correct = self.losses[:blocks].reshape(-1), self.correct[:blocks].reshape(-1)
        return partial(add_up, self.loss_sums, losses, correct)

    @property
    def mean(self) -> float:
        """The mean loss of the samples taken last."""
        return float(self.loss_sums[0])


@kernel("void(f8[::1], f4[::1], i8[::1])")
def add_up(loss_sums: Doubles, losses: Array, correct: Ints) -> None:
    """Outcome = sum of losses, sum of hits."""
    loss, right = 0.0, 0
    for i in range(losses.size):
        loss += losses[i]
    for i in range(correct.size):
        right += correct[i]
    loss_sums[0], loss_sums[1] = loss, right


def into_lanes(lanes: Any, samples: Any, rest: float = 0) -> None:
    """Write (samples, ...) into the first lanes of (shards, ..., LANES), and `rest` into others."""
    if lanes.size == len(lanes) * LANES:  # one number a sample: the same order
        by_sample = lanes.reshape(-1)
        by_sample[: len(samples)] = samples.reshape(-1)
        by_sample[len(samples) :] = rest
        return
    by_sample = np.moveaxis(lanes, -1, 1)  # (shards, LANES, ...)
    full, left = divmod(len(samples), LANES)
    by_sample[:full] = samples[: full * LANES].reshape(full, LANES, *samples.shape[1:])
    by_sample[full:] = rest
    if left:
        by_sample[full, :left] = samples[full * LANES :]


def out_of_lanes(lanes: Any, count: int) -> Any:
    """The first `count` samples (count, ...) of (shards, ..., LANES), copied."""
    by_sample = np.moveaxis(lanes[: -(-count // LANES)], -1, 1)
    return by_sample.reshape(-1, *lanes.shape[1:-1])[:count].copy()
