"""Inverse decay."""

from __future__ import annotations

from tui_dl.spec.train.schedules.base import Epochs, Warmed
from tui_dl.spec.train.table import Amount


class Inverse(Warmed, frozen=True, tag="inverse"):
    """Over 1 + `decay` times the epochs that have passed."""

    decay: Amount = 1.0

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        return base / (1 + self.decay * epochs.ended(step))
