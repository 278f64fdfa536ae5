"""The base of losses that compare every output with its own target; the loss is the mean of all."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np

from tui_dl.kernels.core.argmax import largest
from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.fields import Fields_co
from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel, kernel_of, unpack
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.losses.base import Loss, into_lanes


@kernel("void(f4[::1], i8, i8)")
def set_sample_weights(weights: Array, samples: int, places: int) -> None:
    """Set weights (blocks, places, LANES) to 1 / (samples * places); 0 where there is no sample."""
    share = np.float32(1 / (samples * places))
    for block in range(weights.size // (places * LANES)):
        first = block * places * LANES
        for lane in range(LANES):
            weights[first + lane] = share if block * LANES + lane < samples else np.float32(0)
        shares = load(weights, first)
        for at in range(first, first + places * LANES, LANES):
            store(weights, at, shares)


def pointwise(loss: Any, constants: int = 0) -> Any:
    """Make the kernel of a loss: (losses, dy, y, targets, weights, constants).

    It computes `losses`, each block's sum of weight * loss, and dy, weight * derivative. dy, y,
    targets and weights are (blocks, outputs, LANES).

    Args:
        loss: the loss of one output, and its derivative, of (y, t, *constants); a `part`. The
            kernel is named after its file.
        constants: how many numbers, the same for all outputs, it takes.
    """
    module, numbers = loss.py_func.__module__, unpack(constants)
    name = module.rpartition(".")[2]

    @kernel_of(name, module, "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[::1])")
    def loop(
        losses: Array, dy: Array, y: Array, targets: Array, weights: Array, constants: Array
    ) -> None:
        size, fixed = y.size // losses.size, numbers(constants)
        for block in range(losses.size):
            here = slice(block * size, (block + 1) * size)
            dy_, y_, t, w = dy[here], y[here], targets[here], weights[here]
            total = np.float32(0)
            for i in range(size):
                own, slope = loss(y_[i], t[i], *fixed)
                dy_[i] = w[i] * slope
                total += w[i] * own
            losses[block] = total

    return loop


class Pointwise(Loss[Fields_co]):
    """A loss over outputs (blocks, ..., LANES) and targets of that shape; classes become one-hot.

    Attributes:
        kernel: made by `pointwise`.
        binary: whether targets that are numbers are 0 or 1, read off the sign of y.
        weights: (blocks, outputs, LANES).
        labels: (blocks, places, LANES) classes, if targets are classes.
    """

    kernel: ClassVar[Any]
    target_kernels = (set_sample_weights,)
    binary: ClassVar[bool] = False

    def prepare(self) -> None:
        y = self.y
        self.targets: Array = zeros(*y.shape)
        self.weights = zeros(len(y), self.places * self.width, LANES)
        self.losses = zeros(len(y), 1)
        self.labels: Tokens = zeros(len(y), self.places, LANES, dtype=np.int32)
        self._counts_correct = bool(self.classes) or self.binary
        self._inputs_are_targets = False

    def constants(self) -> tuple[float, ...]:
        """The numbers that the loss takes beside an output and its target."""
        return ()

    def use_inputs_as_targets(self, inputs: Array) -> None:
        self.targets = inputs.reshape(self.y.shape)
        self._counts_correct, self._inputs_are_targets = False, True

    def set_targets(self, targets: Any) -> None:
        if self._inputs_are_targets:
            self._set_equal_weights(len(targets))
            return
        by_place = targets.reshape(len(targets), self.places)
        if self._counts_correct:
            into_lanes(self.labels, by_place)
        if self.width > 1:
            by_place = np.eye(self.width, dtype=np.float32)[by_place]
        lanes = self.targets.reshape(self.weights.shape)
        into_lanes(lanes, by_place.reshape(len(targets), -1))
        if self.classes:
            self._set_weights(targets.reshape(len(targets), self.places) >= 0)
        else:
            self._set_equal_weights(len(targets))

    def _set_weights(self, has_target: Any) -> None:
        """Give every output of the places (samples, places) that have a target the same weight."""
        places = int(has_target.sum())
        weights = has_target * np.float32(1 / max(places * self.width, 1))
        into_lanes(self.weights, np.repeat(weights, self.width, axis=1))
        self.weight_sums[:] = places, places * self._counts_correct

    def _set_equal_weights(self, samples: int) -> None:
        """Give every output of the first `samples` samples the same weight."""
        set_sample_weights(flat(self.weights), samples, self.places)
        self.weight_sums[:] = samples * self.places, samples * self.places * self._counts_correct

    def calls(self, blocks: slice) -> list[Call]:
        y, weights = flat(self.y[blocks]), flat(self.weights[blocks])
        own = flat(self.losses[blocks]), flat(self.dy[blocks]), y, flat(self.targets[blocks])
        constants = np.array(self.constants(), np.float32)
        calls: list[Call] = [partial(type(self).kernel, *own, weights, constants)]
        if self._counts_correct:
            correct, labels = flat(self.correct[blocks]), flat(self.labels[blocks])
            calls.append(
                partial(count_correct, correct, y, labels, weights, self.width, zeros(LANES))
            )
        return calls


@kernel("void(i8[::1], f4[::1], i4[::1], f4[::1], i8, f4[::1])")
def count_correct(
    correct: Ints, y: Array, labels: Tokens, weights: Array, width: int, answer: Array
) -> None:
    """Count the lanes of each place whose largest output is that of the label.

    A single output predicts class 1 if it is above 0, else class 0. NaN is never right.

    Args:
        correct: (places,).
        y: (places, width, LANES).
        labels: (places, LANES).
        weights: (places, width, LANES); 0 in a lane without a sample.
        width: outputs of a place.
        answer: (LANES,) scratch.
    """
    zero, one = broadcast(np.float32(0)), broadcast(np.float32(1))
    for place in range(correct.size):
        at = place * width * LANES
        top, first = largest(y, at, width)
        if width == 1:
            first = where_greater(top, zero, one, first)
        store(answer, 0, first)
        count = 0
        for lane in range(LANES):
            right = answer[lane] == labels[place * LANES + lane]
            count += right and weights[at + lane] > 0
        correct[place] = count
