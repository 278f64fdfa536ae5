"""Bounds of the training loss: of the best constant answer, and the lowest that the targets allow.

Cross entropy is never below the entropy of its targets, which is over 0 for smoothed labels and
for soft targets. Where equal inputs have different targets, no network does better than the best
common answer for them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.kernels.reference import plain_form
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.train.losses.base import Loss

Numbers = npt.NDArray[np.floating[Any]]

SAME = 1e-9  # of the larger loss: bounds closer together leave nothing to learn


class Bounds:
    """Bounds of the loss over the training samples of an experiment with targets."""

    def __init__(self, experiment: Experiment, samples: Samples) -> None:
        self._loss, self._samples = experiment.train.loss, samples
        self._reconstructs = experiment.train.target == "input"
        self._classes = experiment.target.vocab_size
        decodes = any(node.layer.reads_target for node in experiment.nodes)
        # Augmented images are never equal, and a decoder reads its targets beside its input.
        self._repeats = not (self._reconstructs or decodes or experiment.data.augment)

    @classmethod
    def are_known(cls, experiment: Experiment) -> bool:
        """Whether the experiment has targets, and a loss whose bounds this class can compute."""
        loss = experiment.train.loss
        of_classes = loss.needs_classes or loss.targets_are_probabilities
        return not loss.needs_rewards and (of_classes or bool(loss.best_constant))

    @cached_property
    def blank(self) -> float:
        """The loss of the best constant answer, which does not depend on the input."""
        return self._common(self._targets) / self._weight_sum

    @cached_property
    def least(self) -> float:
        """The lowest loss possible."""
        targets = self._targets
        total = sum(self._common(targets[members]) for members in self._conflicts)
        agreed = np.ones(len(targets), bool)
        for members in self._conflicts:
            agreed[members] = False
        return (total + self._separate(targets[agreed])) / self._weight_sum

    def left(self, loss: float) -> float:
        """The share of `blank - least` that `loss` is above `least`: 1 unlearned, 0 all learned."""
        room = self.blank - self.least
        return (loss - self.least) / room if room > SAME * abs(self.blank) else 0.0

    @cached_property
    def _targets(self) -> Any:
        """(samples, places) of classes, negative where there is no target, or of real numbers."""
        input = self._samples.inputs if self._reconstructs else self._samples.targets
        return input.reshape(len(input), -1)

    @cached_property
    def _weight_sum(self) -> float:
        """The divisor of the mean loss."""
        if self._counted:
            return float((self._counts(self._targets) * self._weights).sum()) or 1.0
        there = int((self._targets >= 0).sum()) if self._classes else self._targets.size
        return max(there * self._outputs, 1)

    @property
    def _counted(self) -> bool:
        return self._loss.needs_classes

    @property
    def _outputs(self) -> int:
        """Numbers of the output for one target; one is enough for two classes."""
        one = self._loss.targets_are_probabilities and self._classes == 2
        return 1 if one else self._classes or 1

    @cached_property
    def _weights(self) -> Numbers:
        weights = getattr(self._loss, "class_weights", ())
        return np.array(weights or [1.0] * self._classes, np.float64)

    def _counts(self, targets: Any) -> Numbers:
        """How often each class is a target."""
        return np.bincount(targets[targets >= 0], minlength=self._classes).astype(np.float64)

    def _common(self, targets: Any) -> float:
        """The sum of losses where all samples get the same answer, the best for each place."""
        if self._counted:
            return sum(self._entropy(self._counts(column)) for column in targets.T)
        if self._classes:
            counts = np.array([self._counts(column) for column in targets.T])
            of = counts.sum(axis=1, keepdims=True)
            return float(_binary(self._loss, counts[:, -self._outputs :], of).sum())
        numbers = targets.astype(np.float64)
        if self._loss.targets_are_probabilities:
            return float(_binary(self._loss, numbers.sum(axis=0), len(numbers)).sum())
        centre = np.mean if self._loss.best_constant == "mean" else np.median
        return float(_errors(self._loss, numbers - centre(numbers, axis=0)).sum())

    def _separate(self, targets: Any) -> float:
        """The sum of losses where every target gets its own best answer."""
        if self._counted:
            smooth = getattr(self._loss, "label_smoothing", 0.0)
            counts = self._counts(targets)
            own: Any = np.eye(self._classes) if smooth else []
            return float(sum(n * self._entropy(one) for n, one in zip(counts, own, strict=False)))
        if self._loss.targets_are_probabilities and not self._classes:
            return float(_binary(self._loss, targets.astype(np.float64), 1).sum())
        return 0.0

    def _entropy(self, counts: Numbers) -> float:
        """Summed cross entropy of targets with these class counts and their best common answer."""
        smooth = getattr(self._loss, "label_smoothing", 0.0)
        q = self._weights * ((1 - smooth) * counts + smooth / self._classes * counts.sum())
        q = q[q > 0]
        return float(-(q * np.log(q / q.sum())).sum())

    @cached_property
    def _conflicts(self) -> list[Any]:
        """Indices of samples with equal inputs but different targets, one array for each input."""
        if not self._repeats:
            return []
        same: dict[int, list[int]] = {}  # by hash: sorting whole inputs would copy them all
        inputs, targets = self._samples.inputs, self._targets
        for index, sample in enumerate(inputs):
            same.setdefault(hash(sample.tobytes()), []).append(index)
        groups = [np.array(it) for it in same.values() if len(it) > 1]
        differ = [it for it in groups if (targets[it] != targets[it[0]]).any()]
        return [it for it in differ if (inputs[it] == inputs[it[0]]).all()]


def _binary(loss: Loss, counts: Numbers, of: Any) -> Numbers:
    """Losses of the best common answer where the target is 1 in `counts` of `of` cases, else 0."""
    share = counts / max(of, 1)
    if not loss.targets_are_probabilities:
        best = share if loss.best_constant == "mean" else np.round(share)
        return np.asarray(counts * _errors(loss, 1 - best) + (of - counts) * _errors(loss, best))
    with np.errstate(divide="ignore", invalid="ignore"):
        yes, no = share * np.log(share), (1 - share) * np.log1p(-share)
    return np.asarray(-of * (np.nan_to_num(yes) + np.nan_to_num(no)))


def _errors(loss: Loss, error: Numbers) -> Numbers:
    """The loss of each error, for losses of real numbers."""
    return np.asarray(plain_form("losses", kind(loss))(loss, error, np.zeros_like(error)))
