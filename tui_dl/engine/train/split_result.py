"""Loss and accuracy over a set of samples, as sums that can be added."""

from __future__ import annotations

from math import nan

import msgspec


class SplitResult(msgspec.Struct, frozen=True):
    """Sums of loss and of correct answers; results of disjoint sets are added.

    Attributes:
        total: weighted sum of the losses, in nats for cross entropies.
        weight: the sum of the weights.
        correct: number of correct answers.
        count: number of answers; 0 where targets are no classes.
    """

    total: float = 0.0
    weight: float = 0.0
    correct: int = 0
    count: int = 0

    def __add__(self, more: SplitResult) -> SplitResult:
        return SplitResult(
            self.total + more.total,
            self.weight + more.weight,
            self.correct + more.correct,
            self.count + more.count,
        )

    @property
    def loss(self) -> float:
        """The weighted mean; NaN where the weights sum to 0."""
        return self.total / self.weight if self.weight else nan

    @property
    def accuracy(self) -> float | None:
        """The share of correct answers; None where targets are no classes."""
        return self.correct / self.count if self.count else None
