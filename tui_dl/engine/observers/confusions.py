"""How often each class was answered as each, kept for the pairs that occur alone."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class Pairs(NamedTuple):
    """Confusions of classes, the commonest first.

    Attributes:
        target: (pairs,) the classes of the samples.
        answer: (pairs,) what they were answered as.
        counts: (pairs,) how often.
    """

    target: Ints
    answer: Ints
    counts: Ints


class Confusions:
    """Counts pairs of target and answer; memory grows with those that occur, not with classes."""

    def __init__(self, classes: int) -> None:
        self._classes = classes
        self._codes: Ints = np.zeros(0, np.int64)  # target * classes + answer, rising
        self._counts: Ints = np.zeros(0, np.int64)

    def add(self, targets: npt.NDArray[Any], answers: npt.NDArray[Any]) -> None:
        """Count some predictions; those without a target or an answer, below 0, are left out."""
        there = (targets >= 0) & (answers >= 0)
        new = targets[there].astype(np.int64) * self._classes + answers[there]
        codes = np.concatenate([self._codes, new])
        counts = np.concatenate([self._counts, np.ones(len(new), np.int64)])
        self._codes, places = np.unique(codes, return_inverse=True)
        self._counts = np.bincount(places, counts, len(self._codes)).astype(np.int64)

    @property
    def matrix(self) -> Ints:
        """(classes, classes) how often the row's class was answered as the column's."""
        matrix = np.zeros(self._classes**2, np.int64)
        matrix[self._codes] = self._counts
        return matrix.reshape(self._classes, self._classes)

    def count(self, target: int, answer: int) -> int:
        """How often one class was answered as another."""
        there = self._codes == target * self._classes + answer
        return int(self._counts[there].sum())

    @property
    def totals(self) -> Ints:
        """(classes,) how many samples of each class were answered."""
        targets = self._codes // max(self._classes, 1)
        return np.bincount(targets, self._counts, self._classes).astype(np.int64)

    @property
    def right(self) -> int:
        """How many answers were the target."""
        return int(self._counts[self._is_right].sum())

    def commonest(self, most: int) -> Pairs:
        """At most so many pairs of two different classes."""
        wrong = np.flatnonzero(~self._is_right)
        order = wrong[np.argsort(-self._counts[wrong], kind="stable")][:most]
        target, answer = np.divmod(self._codes[order], max(self._classes, 1))
        return Pairs(target, answer, self._counts[order])

    @property
    def _is_right(self) -> npt.NDArray[np.bool_]:
        target, answer = np.divmod(self._codes, max(self._classes, 1))
        return np.asarray(target == answer)
