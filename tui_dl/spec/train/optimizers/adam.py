"""Adam, and Adam with decoupled weight decay."""

from __future__ import annotations

from tui_dl.spec.train.optimizers.base import Optimizer
from tui_dl.spec.train.table import Amount, Decay, Rate


class Adam(Optimizer, frozen=True, tag="adam"):
    """Kingma & Ba 2015, algorithm 1, with PyTorch's placing of epsilon."""

    learning_rate: Rate = 0.001
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    epsilon: Rate = 1e-8

    @property
    def arrays(self) -> int:
        return 2


class AdamW(Optimizer, frozen=True, tag="adamw"):
    """Adam whose weights also shrink by learning_rate weight_decay: Loshchilov & Hutter 2019."""

    learning_rate: Rate = 0.001
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    epsilon: Rate = 1e-8
    weight_decay: Amount = 0.01

    @property
    def arrays(self) -> int:
        return 2
