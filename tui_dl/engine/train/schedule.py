"""Learning rate for each step, as a function of the step and the number of plateaus so far."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite

import msgspec

from tui_dl.spec.train.schedules.base import Epochs
from tui_dl.spec.train.schedules.base import Schedule as Config


class Schedule:
    """Learning rates of a run of known length, after PyTorch's schedulers.

    Attributes:
        config: the schedule of the training config, which has the formula.
        base: the optimizer's learning rate.
    """

    def __init__(self, config: Config, base: float, steps: Sequence[int]) -> None:
        """`steps` are the steps of each epoch."""
        self.config, self.base = config, base
        self._epochs = Epochs(steps)

    def rate(self, step: int, plateaus: int = 0) -> float:
        """The learning rate of the update after `step` others."""
        return self.config.rate(self.base, step, self._epochs, plateaus)


class Plateau(msgspec.Struct):
    """Plateaus of the validation loss, counted as PyTorch's ReduceLROnPlateau does.

    A plateau is more than `patience` epochs in a row without a loss below `best`. A loss that is
    not finite is never better.

    Attributes:
        best: the lowest finite loss at the last improvement; None before the first.
        waited: epochs since then, or since the last plateau.
        met: number of plateaus.
    """

    best: float | None = None
    waited: int = 0
    met: int = 0

    def update(self, loss: float, config: Config) -> None:
        """Add an epoch's validation loss; ignored unless `config` counts plateaus."""
        rule = config.plateau_rule
        if rule is None:
            return
        limit = inf if self.best is None else self.best * (1 - rule.threshold)
        if isfinite(loss) and loss < limit:
            self.best, self.waited = loss, 0
        else:
            self.waited += 1
        if self.waited > rule.patience:
            self.waited, self.met = 0, self.met + 1
