"""Stochastic gradient descent, with momentum."""

from __future__ import annotations

from tui_dl.spec.train.optimizers.base import Optimizer
from tui_dl.spec.train.table import Decay, Rate


class Sgd(Optimizer, frozen=True, tag="sgd"):
    """w -= learning_rate v, v = momentum v + gradient; with `nesterov`, one step ahead."""

    is_adaptive = False

    learning_rate: Rate = 0.1
    momentum: Decay = 0.0
    nesterov: bool = False

    def __post_init__(self) -> None:
        if self.nesterov and not self.momentum:
            raise ValueError("nesterov looks ahead along the momentum: add momentum = 0.9")

    @property
    def arrays(self) -> int:
        return int(self.momentum > 0)
