"""A learning rate that falls along half a cosine."""

from __future__ import annotations

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import Positive
from tui_dl.spec.train.schedules.base import Epochs, Warmed, check_minimum, half_cosine
from tui_dl.spec.train.table import Amount


class Cosine(Warmed, frozen=True, tag="cosine"):
    """Half a cosine, step by step, down to `min_learning_rate` after `epochs`, by default all."""

    min_learning_rate: Amount = 0.0
    epochs: Positive | None = None

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        last = epochs.start(self.epochs if self.epochs is not None else epochs.count)
        return half_cosine(base, self.min_learning_rate, min(1.0, step / last))

    def check(self, base: float, epochs: int) -> None:
        check_minimum(self.min_learning_rate, base)
        if self.epochs is not None:
            if self.epochs < epochs and not self.min_learning_rate:
                raise ConfigError(
                    "train.schedule.epochs",
                    f"after {self.epochs} of {epochs} epochs the learning "
                    "rate is 0 and nothing is learned: make it larger, or give min_learning_rate",
                )
            epochs = self.epochs
        super().check(base, epochs)
