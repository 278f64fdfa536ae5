"""Losses of each output by itself: what they share. The mean is over all numbers of all samples."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np

from tui_dl.kernels.core.argmax import largest
from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store, where_greater
from tui_dl.kernels.losses.base import Loss, into_lanes


@kernel("void(f4[::1], i8, i8)")
def weigh_samples(weights: Array, samples: int, places: int) -> None:
    """Make weights (shards, places, LANES) 1 / (samples * places) in lanes of a sample, else 0."""
    share = np.float32(1 / (samples * places))
    for block in range(weights.size // (places * LANES)):
        first = block * places * LANES
        for lane in range(LANES):
            weights[first + lane] = share if block * LANES + lane < samples else np.float32(0)
        shares = load(weights, first)
        for at in range(first, first + places * LANES, LANES):
            store(weights, at, shares)


class Pointwise(Loss):
    """Over outputs (shards, ..., LANES) and targets of the same shape; classes become one-hot.

    Attributes:
        weights: (shards, outputs, LANES).
        labels: (shards, places, LANES) classes, where there are any.
    """

    kernel: ClassVar[Any]  # kernel(losses, dy, y, targets, weights, *settings)
    taking = (weigh_samples,)
    binary: ClassVar[bool] = False  # real targets are 0 or 1 too, and the output's sign says which

    def __init__(self, fields: Any, y: Array, dy: Array, classes: int) -> None:
        super().__init__(fields, y, dy, classes)
        self.targets: Array = zeros(*y.shape)
        self.weights = zeros(len(y), self.places * self.width, LANES)
        self.losses = zeros(len(y), 1)
        self.labels: Tokens = zeros(len(y), self.places, LANES, dtype=np.int32)
        self._counts_correct = bool(classes) or self.binary
        self._own = False  # the targets are the network's inputs

    def settings(self) -> tuple[Array, ...]:
        """What else the kernel takes."""
        return ()

    def want_inputs(self, inputs: Array) -> None:
        self.targets, self._counts_correct, self._own = inputs.reshape(self.y.shape), False, True

    def set_targets(self, targets: Any) -> None:
        if self._own:
            self._weigh_all(len(targets))
            return
        by_place = targets.reshape(len(targets), self.places)
        if self._counts_correct:
            into_lanes(self.labels, by_place)
        if self.width > 1:
            by_place = np.eye(self.width, dtype=np.float32)[by_place]
        lanes = self.targets.reshape(self.weights.shape)
        into_lanes(lanes, by_place.reshape(len(targets), -1))
        if self.classes:
            self._weigh(targets.reshape(len(targets), self.places) >= 0)
        else:
            self._weigh_all(len(targets))

    def _weigh(self, wanted: Any) -> None:
        """Give every output of a place that is `wanted` (samples, places) the same weight."""
        places = int(wanted.sum())
        weights = wanted * np.float32(1 / max(places * self.width, 1))
        into_lanes(self.weights, np.repeat(weights, self.width, axis=1))
        self.weight_sums[:] = places, places * self._counts_correct

    def _weigh_all(self, samples: int) -> None:
        """Give every output of so many samples the same weight."""
        weigh_samples(flat(self.weights), samples, self.places)
        self.weight_sums[:] = samples * self.places, samples * self.places * self._counts_correct

    def calls(self, blocks: slice) -> list[Call]:
        y, weights = flat(self.y[blocks]), flat(self.weights[blocks])
        own = flat(self.losses[blocks]), flat(self.dy[blocks]), y, flat(self.targets[blocks])
        calls: list[Call] = [partial(type(self).kernel, *own, weights, *self.settings())]
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
    """How many lanes of each place are right: the first of the largest outputs is the label's.

    A single output stands beside a 0 before it: above 0 it says 1. NaN says nothing.

    Args:
        correct: (places,).
        y: (places, width, LANES).
        labels: (places, LANES).
        weights: (places, width, LANES); 0 in a lane without a sample.
        width: how many outputs tell of a place.
        answer: (LANES,) to work with.
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
