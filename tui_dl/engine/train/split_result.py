"""How well a network does on some samples."""

from __future__ import annotations

from math import nan

import msgspec


class SplitResult(msgspec.Struct, frozen=True):
    """What is known of some samples; that of more is the sum.

    Attributes:
        total: weighted sum of the losses, in nats where these are.
        weight: the sum of the weights.
        correct: at how many places the output is right,
        count: of so many; 0 where nothing is right or wrong.
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
        """The mean; NaN of nothing."""
        return self.total / self.weight if self.weight else nan

    @property
    def accuracy(self) -> float | None:
        """The share of hits, where there can be any."""
        return self.correct / self.count if self.count else None
