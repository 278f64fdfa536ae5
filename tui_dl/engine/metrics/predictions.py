"""What metrics are computed from: the outputs and targets of all samples of a split.

`labels` (m,) are target classes, `scores` (m, classes) the network's outputs for them, `predicted`
(m,) the class of the largest score, the first of equal ones, or NOTHING where a score is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]
Labels = npt.NDArray[np.integer[Any]]
Doubles = npt.NDArray[np.float64]

NOTHING = -1


def answer(outputs: Numbers) -> Labels:
    """The predicted class (...) for `outputs` (..., classes)."""
    undefined = np.isnan(outputs).any(axis=-1)
    return np.where(undefined, NOTHING, outputs.argmax(axis=-1))


class Predictions:
    """Outputs and targets of a split, and what several metrics of classes need of them.

    Attributes:
        outputs: (samples, ..., classes) for classes, else real numbers like the targets.
        targets: int classes (samples, ...), negative where there is no target, or real numbers.
        class_names: the classes' names, for metrics that read them.
        unit: what 1 is worth in the units of the user's file; targets are standardised.
    """

    def __init__(
        self, outputs: Numbers, targets: Any, class_names: Sequence[str] = (), unit: float = 1.0
    ) -> None:
        """A single output for two classes is above 0 for the second."""
        if self.are_of_classes(targets) and outputs.shape[-1] == 1:
            # the softmax of 0 and z is the sigmoid of z
            outputs = np.concatenate([np.zeros_like(outputs), outputs], axis=-1)
        self.outputs, self.targets, self.class_names = outputs, targets, class_names
        self.unit = unit

    @staticmethod
    def are_of_classes(targets: Any) -> bool:
        """Whether targets are classes."""
        return bool(targets.dtype.kind == "i")

    @cached_property
    def rows(self) -> Labels:
        """(samples, places) target classes, negative where there is no target."""
        return np.asarray(self.targets.reshape(len(self.targets), -1))

    @cached_property
    def answers(self) -> Labels:
        """(samples, places) predicted classes."""
        return answer(self.outputs).reshape(self.rows.shape)

    @cached_property
    def _there(self) -> npt.NDArray[np.bool_]:
        """Which places have a target."""
        return np.asarray(self.rows.reshape(-1) >= 0)

    @cached_property
    def labels(self) -> Labels:
        """(m,) target classes of the places that have one."""
        return np.asarray(self.rows.reshape(-1)[self._there])

    @cached_property
    def predicted(self) -> Labels:
        """(m,) predicted classes of these places."""
        return np.asarray(self.answers.reshape(-1)[self._there])

    @cached_property
    def scores(self) -> Numbers:
        """(m, classes) outputs of these places."""
        return np.asarray(self.outputs.reshape(-1, self.outputs.shape[-1])[self._there])

    @cached_property
    def matrix(self) -> Labels:
        """(classes, classes + 1) the confusion matrix, with a last column for NOTHING."""
        return counts(self.labels, self.predicted, self.scores.shape[1])


Measure = Callable[[Predictions], float | list[Any]]


def counts(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes + 1) the confusion matrix, with a last column for NOTHING."""
    column = np.where(predicted == NOTHING, classes, predicted)
    pairs = labels.astype(np.int64) * (classes + 1) + column
    return np.bincount(pairs, minlength=classes * (classes + 1)).reshape(classes, classes + 1)


def softmax(scores: Numbers) -> Numbers:
    """Softmax of each row: exp(z) over its sum."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
