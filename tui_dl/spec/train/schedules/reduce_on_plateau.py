"""A learning rate that is reduced where the validation loss stays as it is."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.train.schedules.base import Count, Epochs, PlateauRule, Warmed, check_minimum
from tui_dl.spec.train.table import Amount, Share


class ReduceOnPlateau(Warmed, frozen=True, tag="reduce_on_plateau"):
    """Times `factor` once more than `patience` epochs were no better, down to `min_learning_rate`.

    Better is a finite validation loss lower than the best by a share of `threshold` of it.
    """

    factor: Share = 0.1
    patience: Count = 10
    threshold: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 1e-4
    min_learning_rate: Amount = 0.0

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        return max(base * self.factor**plateaus, self.min_learning_rate)

    @property
    def plateau_rule(self) -> PlateauRule:
        return PlateauRule(self.patience, self.threshold)

    def check(self, base: float, epochs: int) -> None:
        check_minimum(self.min_learning_rate, base)
        super().check(base, epochs)
