"""Schedules that are constant, or decay by a factor every few epochs."""

from __future__ import annotations

from tui_dl.spec.layers.base import Positive
from tui_dl.spec.train.schedules.base import Epochs, Warmed
from tui_dl.spec.train.table import Share


class Constant(Warmed, frozen=True, tag="constant"):
    """The learning rate as it is."""

    decays = False

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        return base


class StepDecay(Warmed, frozen=True, tag="step"):
    """Times `factor` whenever `every` epochs have passed."""

    every: Positive = 10
    factor: Share = 0.1

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        return base * self.factor ** (epochs.ended(step) // self.every)


class Exponential(Warmed, frozen=True, tag="exponential"):
    """Times `factor` after every epoch."""

    factor: Share = 0.95

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        return base * self.factor ** epochs.ended(step)
