"""The base of all losses: the number to minimise, and its gradient for the network's output."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any, ClassVar, Generic

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.fields import Fields_co
from tui_dl.kernels.core.jit import Array, Doubles, Ints, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call


class Loss(Generic[Fields_co]):
    """A loss over outputs of (blocks, ..., LANES): the mean over all places that have a target.

    With classes a place is one prediction, made of as many outputs as there are classes; with real
    numbers every output is a place.

    Attributes:
        y, dy: the network's output, and its gradient, which the loss computes.
        targets: the targets of the mini-batch, in lanes like `y`.
        losses: (blocks, n) sums of weight * loss.
        correct: (blocks, places) number of lanes in which the prediction is correct.
        weight_sums: (2,) of the targets set last: the sum of the weights of all places, over which
            the loss is a mean, and the number of places that are either correct or wrong.
        loss_sums: (2,) sums of weight * loss and of `correct` over the mini-batch, in block order.
        target_kernels: the kernels that `set_targets` calls.
    """

    target_kernels: ClassVar[tuple[Any, ...]] = ()

    def __init__(self, fields: Fields_co, y: Array, dy: Array, classes: int) -> None:
        """Allocate the arrays of a loss.

        Args:
            fields: the table of the loss in the experiment file.
            y: the network's output.
            dy: its gradient.
            classes: number of classes of the targets; 0 if targets are real numbers.
        """
        self.fields, self.y, self.dy, self.classes = fields, y, dy, classes
        self.width = y.shape[-2] if classes else 1  # outputs of a place
        self.places = prod(y.shape[1:-1]) // self.width
        self.targets: Any
        self.losses: Array
        self.correct: Ints = zeros(len(y), self.places, dtype=np.int64)
        self.weight_sums, self.loss_sums = np.zeros(2), np.zeros(2)
        self.prepare()

    def prepare(self) -> None:
        """Allocate what this kind keeps beside that."""

    def set_targets(self, targets: Any) -> None:
        """Set the targets (samples, ...) of the next mini-batch; the other lanes get weight 0.

        Targets are int32 classes, negative where there is no target, or float32 numbers.
        """
        raise NotImplementedError

    def use_inputs_as_targets(self, inputs: Array) -> None:
        """Use the network's inputs, which are in lanes and as many numbers as `y`, as targets."""
        raise NotImplementedError

    def calls(self, blocks: slice) -> list[Call]:
        """Compute `losses`, `correct` and dy of these blocks."""
        raise NotImplementedError

    def add_up(self, blocks: int) -> Call:
        """Compute `loss_sums` of the first `blocks` blocks."""
        losses, correct = self.losses[:blocks].reshape(-1), self.correct[:blocks].reshape(-1)
        return partial(add_up, self.loss_sums, losses, correct)

    @property
    def mean(self) -> float:
        """The mean loss of the last mini-batch."""
        return float(self.loss_sums[0])


@kernel("void(f8[::1], f4[::1], i8[::1])")
def add_up(loss_sums: Doubles, losses: Array, correct: Ints) -> None:
    """loss_sums = sum of losses, sum of correct."""
    loss, right = 0.0, 0
    for i in range(losses.size):
        loss += losses[i]
    for i in range(correct.size):
        right += correct[i]
    loss_sums[0], loss_sums[1] = loss, right


def into_lanes(lanes: Any, samples: Any, rest: float = 0) -> None:
    """Copy (samples, ...) to the first lanes of (blocks, ..., LANES), and `rest` to the others."""
    if lanes.size == len(lanes) * LANES:  # one number a sample: the same order
        by_sample = lanes.reshape(-1)
        by_sample[: len(samples)] = samples.reshape(-1)
        by_sample[len(samples) :] = rest
        return
    by_sample = np.moveaxis(lanes, -1, 1)  # (blocks, LANES, ...)
    full, left = divmod(len(samples), LANES)
    by_sample[:full] = samples[: full * LANES].reshape(full, LANES, *samples.shape[1:])
    by_sample[full:] = rest
    if left:
        by_sample[full, :left] = samples[full * LANES :]


def out_of_lanes(lanes: Any, count: int) -> Any:
    """Copy the first `count` samples of (blocks, ..., LANES) to (count, ...)."""
    by_sample = np.moveaxis(lanes[: -(-count // LANES)], -1, 1)
    return by_sample.reshape(-1, *lanes.shape[1:-1])[:count].copy()
