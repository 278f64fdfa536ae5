"""cross_entropy: loss = -sum over c of q[c] log p[c], with p = softmax(z) of the logits z.

q is the one-hot label, or smoothed (Szegedy et al. 2016): (1 - s) one-hot + s / classes. With class
weights, q[c] is multiplied by the weight of c, and the mean over places is weighted by the weights
of their labels. A sample may have many labels, one a time step; a negative label is no target.
"""

from __future__ import annotations

from functools import partial
from math import log
from typing import Any, Protocol

import numpy as np

from tui_dl.kernels.core import functions
from tui_dl.kernels.core.argmax import largest
from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Doubles, Ints, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import store
from tui_dl.kernels.losses.base import Loss


@kernel("void(i4[::1], f4[::1], f8[::1], i4[:, ::1], f4[::1])")
def load_labels(
    targets: Tokens, weights: Array, weight_sums: Doubles, labels: Tokens, of_class: Array
) -> None:
    """Copy labels (samples, places) into lanes; each gets the weight 1 / the sum of all weights.

    A negative label gets the weight 0. `weight_sums` receives the sum of the class weights
    `of_class` of all labels, and the number of labels.
    """
    samples, places = labels.shape
    targets[:] = 0
    weights[:] = 0
    weight, count = 0.0, 0
    for n in range(samples):
        at = n // LANES * places * LANES + n % LANES
        for place in range(places):
            label = labels[n, place]
            if label >= 0:
                targets[at + place * LANES] = label
                weights[at + place * LANES] = 1
                weight += of_class[label]
                count += 1
    share = np.float32(1 / weight) if weight > 0 else np.float32(0)
    for i in range(weights.size):
        weights[i] *= share
    weight_sums[0], weight_sums[1] = weight, count


class CrossEntropyFields(Protocol):
    """`class_weights` is empty or has a number for each class."""

    label_smoothing: float
    class_weights: tuple[float, ...]


class CrossEntropy(Loss[CrossEntropyFields]):
    """Cross entropy in nats, of logits (blocks, classes, LANES), or with an axis of times first."""

    target_kernels = (load_labels,)

    def prepare(self) -> None:
        y = self.y
        self.targets: Tokens = zeros(len(y), *y.shape[1:-2], LANES, dtype=np.int32)
        self.weights = zeros(len(y), self.places, LANES)
        self.losses = zeros(len(y), self.places)
        self._loaded = flat(self.targets), flat(self.weights), self.weight_sums
        self.of_class = np.array(self.fields.class_weights or [1] * self.width, np.float32)
        smoothing = np.float32(self.fields.label_smoothing)
        self.own = self.of_class * (1 - smoothing)
        self.uniform = self.of_class * (smoothing / self.width)
        self.uniform_sum = self.uniform.sum(keepdims=True)

    def set_targets(self, targets: Any) -> None:
        load_labels(*self._loaded, targets.reshape(len(targets), -1), self.of_class)

    def calls(self, blocks: slice) -> list[Call]:
        return [
            partial(
                cross_entropy, flat(self.losses[blocks]), flat(self.correct[blocks]),
                flat(self.dy[blocks]), flat(self.y[blocks]),
                flat(self.targets[blocks]), flat(self.weights[blocks]),
                self.own, self.uniform, self.uniform_sum, zeros(3, LANES),
            )
        ]  # fmt: skip


@kernel(
    "void(f4[::1], i8[::1], f4[::1], f4[::1], i4[::1], f4[::1], f4[::1], f4[::1], f4[::1],"
    " f4[:, ::1])"
)
def cross_entropy(
    losses: Array,
    correct: Ints,
    dz: Array,
    z: Array,
    labels: Tokens,
    weights: Array,
    own: Array,
    uniform: Array,
    uniform_sum: Array,
    scratch: Array,
) -> None:
    """Compute loss and correct predictions of every place, and the gradient of the logits.

    Args:
        losses: (places,) sum over lanes of weight * loss, in nats.
        correct: (places,) samples of weight other than 0 whose predicted class is the label.
        dz: (places, classes, LANES) weight * (softmax(z) sum(q) - q).
        z: (places, classes, LANES) logits.
        labels: (places, LANES) in 0..classes-1.
        weights: (places, LANES); 0 in a lane without a sample.
        own: (classes,) the part of q at the label only.
        uniform: (classes,) the part of q at every class.
        uniform_sum: (1,) the sum of `uniform`.
        scratch: (3, LANES).
    """
    classes = own.size
    top, total, answer = scratch[0], scratch[1], scratch[2]
    everywhere = uniform_sum[0]
    for place in range(losses.size):
        at = place * classes * LANES
        tops, answers = largest(z, at, classes)
        store(top, 0, tops)
        store(answer, 0, answers)
        loss = np.float32(0)
        is_correct = 0
        for lane in range(LANES):
            weight = weights[place * LANES + lane]
            label = labels[place * LANES + lane]
            z_own = z[at + label * LANES + lane]
            loss += weight * own[label] * (top[lane] - z_own) if weight != 0 else np.float32(0)
            is_correct += weight != 0 and answer[lane] == label
            total[lane] = 0
        if everywhere > 0:
            for c in range(classes):
                for lane in range(LANES):
                    weight = weights[place * LANES + lane]
                    apart = top[lane] - z[at + c * LANES + lane]
                    loss += weight * uniform[c] * apart if weight != 0 else np.float32(0)
        for c in range(classes):
            for lane in range(LANES):
                i = at + c * LANES + lane
                dz[i] = functions.exp(z[i] - top[lane])
                total[lane] += dz[i]
        for lane in range(LANES):
            weight = weights[place * LANES + lane]
            weight *= own[labels[place * LANES + lane]] + everywhere  # times the sum of q
            loss += weight * np.float32(log(total[lane])) if weight != 0 else np.float32(0)
            total[lane] = weight / total[lane]
        for c in range(classes):
            for lane in range(LANES):
                dz[at + c * LANES + lane] *= total[lane]
        for lane in range(LANES):
            label = labels[place * LANES + lane]
            dz[at + label * LANES + lane] -= weights[place * LANES + lane] * own[label]
        if everywhere > 0:
            for c in range(classes):
                for lane in range(LANES):
                    dz[at + c * LANES + lane] -= weights[place * LANES + lane] * uniform[c]
        losses[place] = loss
        correct[place] = is_correct
