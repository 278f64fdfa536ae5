"""Adagrad."""

from __future__ import annotations

from tui_dl.spec.train.optimizers.base import Optimizer
from tui_dl.spec.train.table import Rate


class Adagrad(Optimizer, frozen=True, tag="adagrad"):
    """Gradients over the root of the sum of their squares (Duchi, Hazan & Singer 2011)."""

    learning_rate: Rate = 0.01
    epsilon: Rate = 1e-10

    @property
    def arrays(self) -> int:
        return 1
