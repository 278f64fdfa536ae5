"""The loss of the best constant answer, and the least loss that the labels allow.

Cross entropy with labels smoothed by s over K classes is never below the entropy of its targets;
soft targets likewise. Where the same input is wanted to give different answers, no network can do
better than what is best for them together.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers import Decoder
from tui_dl.spec.train import BinaryCrossEntropy, CrossEntropy, Huber, MeanSquaredError

Numbers = npt.NDArray[np.floating[Any]]

NOTHING = 1e-9  # of the larger loss: closer together there is nothing to be learned


class Bounds:
    """Of the training samples of an experiment with targets."""

    def __init__(self, experiment: Experiment, samples: Samples) -> None:
        self._loss, self._samples = experiment.train.loss, samples
        self._own = experiment.train.target == "input"
        self._symbols = experiment.target.vocab_size
        decodes = any(isinstance(row.layer, Decoder) for row in experiment.rows)
        # Shifted images never are the same, and a decoder sees more than its input.
        self._repeats = not (self._own or decodes or experiment.data.augment)

    @cached_property
    def blank(self) -> float:
        """The loss of the best constant answer: of a network that has learned nothing but that."""
        return self._together(self._targets) / self._mass

    @cached_property
    def least(self) -> float:
        """The least loss there can be."""
        targets = self._targets
        total = sum(self._together(targets[members]) for members in self._conflicts)
        agreed = np.ones(len(targets), bool)
        for members in self._conflicts:
            agreed[members] = False
        return (total + self._apart(targets[agreed])) / self._mass

    def left(self, loss: float) -> float:
        """The share of what can be learned that `loss` has left: 1 of nothing learned, 0 of all."""
        room = self.blank - self.least
        return (loss - self.least) / room if room > NOTHING * abs(self.blank) else 0.0

    @cached_property
    def _targets(self) -> Any:
        """(samples, places) of classes, negative where nothing is wanted, or of numbers."""
        input = self._samples.inputs if self._own else self._samples.targets
        return input.reshape(len(input), -1)

    @cached_property
    def _mass(self) -> float:
        """What the mean loss is the sum over."""
        if self._counted:
            return float((self._counts(self._targets) * self._weights).sum()) or 1.0
        there = int((self._targets >= 0).sum()) if self._symbols else self._targets.size
        return max(there * self._outputs, 1)

    @property
    def _counted(self) -> bool:
        return isinstance(self._loss, CrossEntropy)

    @property
    def _outputs(self) -> int:
        """How many numbers tell of a place; of two classes one tells."""
        one = isinstance(self._loss, BinaryCrossEntropy) and self._symbols == 2
        return 1 if one else self._symbols or 1

    @cached_property
    def _weights(self) -> Numbers:
        weights = getattr(self._loss, "class_weights", ())
        return np.array(weights or [1.0] * self._symbols, np.float64)

    def _counts(self, targets: Any) -> Numbers:
        """How often each class is wanted."""
        return np.bincount(targets[targets >= 0], minlength=self._symbols).astype(np.float64)

    def _together(self, targets: Any) -> float:
        """The sum of losses where all samples get the same answer, a place its own."""
        if self._counted:
            return sum(self._entropy(self._counts(column)) for column in targets.T)
        if self._symbols:
            counts = np.array([self._counts(column) for column in targets.T])
            of = counts.sum(axis=1, keepdims=True)
            return float(_binary(self._loss, counts[:, -self._outputs :], of).sum())
        numbers = targets.astype(np.float64)
        if isinstance(self._loss, BinaryCrossEntropy):
            return float(_binary(self._loss, numbers.sum(axis=0), len(numbers)).sum())
        centre = np.mean if isinstance(self._loss, MeanSquaredError) else np.median
        return float(_errors(self._loss, numbers - centre(numbers, axis=0)).sum())

    def _apart(self, targets: Any) -> float:
        """The sum of losses where every place of every sample gets the best answer of its own."""
        if self._counted:
            smooth = getattr(self._loss, "label_smoothing", 0.0)
            counts = self._counts(targets)
            own: Any = np.eye(self._symbols) if smooth else []
            return float(sum(n * self._entropy(one) for n, one in zip(counts, own, strict=False)))
        if isinstance(self._loss, BinaryCrossEntropy) and not self._symbols:
            return float(_binary(self._loss, targets.astype(np.float64), 1).sum())
        return 0.0

    def _entropy(self, counts: Numbers) -> float:
        """Cross entropy of classes wanted so often with their best common answer, summed."""
        smooth = getattr(self._loss, "label_smoothing", 0.0)
        q = self._weights * ((1 - smooth) * counts + smooth / self._symbols * counts.sum())
        q = q[q > 0]
        return float(-(q * np.log(q / q.sum())).sum())

    @cached_property
    def _conflicts(self) -> list[Any]:
        """Of every input that is wanted to give different answers: which samples have it."""
        if not self._repeats:
            return []
        same: dict[int, list[int]] = {}  # by a hash: sorting whole inputs would copy them all
        inputs, targets = self._samples.inputs, self._targets
        for index, sample in enumerate(inputs):
            same.setdefault(hash(sample.tobytes()), []).append(index)
        groups = [np.array(it) for it in same.values() if len(it) > 1]
        differ = [it for it in groups if (targets[it] != targets[it[0]]).any()]
        return [it for it in differ if (inputs[it] == inputs[it[0]]).all()]


def _binary(loss: Any, counts: Numbers, of: Any) -> Numbers:
    """Losses where 1 is wanted in `counts` of `of` cases, else 0, with the best common answer."""
    share = counts / max(of, 1)
    if not isinstance(loss, BinaryCrossEntropy):
        best = share if isinstance(loss, MeanSquaredError) else np.round(share)
        return np.asarray(counts * _errors(loss, 1 - best) + (of - counts) * _errors(loss, best))
    with np.errstate(divide="ignore", invalid="ignore"):
        yes, no = share * np.log(share), (1 - share) * np.log1p(-share)
    return np.asarray(-of * (np.nan_to_num(yes) + np.nan_to_num(no)))


def _errors(loss: Any, error: Numbers) -> Numbers:
    """The loss of an error, of losses that compare numbers."""
    if isinstance(loss, MeanSquaredError):
        return np.asarray(error**2)
    size = np.abs(error)
    if isinstance(loss, Huber):
        return np.asarray(
            np.where(size <= loss.delta, size**2 / 2, loss.delta * (size - loss.delta / 2))
        )
    return np.asarray(size)
