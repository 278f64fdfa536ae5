"""How well a network does on some samples."""

from __future__ import annotations

from math import nan

import msgspec


class Score(msgspec.Struct, frozen=True):
    """What is known of some samples; that of more is the sum.

    Attributes:
        total: weighted sum of the losses, in nats where these are.
        mass: the sum of the weights.
        hits: at how many places the output is right,
        count: of so many; 0 where nothing is right or wrong.
    """

    total: float = 0.0
    mass: float = 0.0
    hits: int = 0
    count: int = 0

    def __add__(self, more: Score) -> Score:
        return Score(
            self.total + more.total,
            self.mass + more.mass,
            self.hits + more.hits,
            self.count + more.count,
        )

    @property
    def loss(self) -> float:
        """The mean; NaN of nothing."""
        return self.total / self.mass if self.mass else nan

    @property
    def accuracy(self) -> float | None:
        """The share of hits, where there can be any."""
        return self.hits / self.count if self.count else None
