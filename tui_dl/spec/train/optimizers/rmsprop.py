"""RMSprop."""

from __future__ import annotations

from tui_dl.spec.train.optimizers.base import Optimizer
from tui_dl.spec.train.table import Decay, Rate


class RmsProp(Optimizer, frozen=True, tag="rmsprop"):
    """Tieleman & Hinton 2012: gradients over the root of their average square."""

    learning_rate: Rate = 0.01
    alpha: Decay = 0.99
    epsilon: Rate = 1e-8

    @property
    def arrays(self) -> int:
        return 1
