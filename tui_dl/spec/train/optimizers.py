"""Optimizers: the keys of each; the arithmetic is in ``kernels/optimizers``."""

from __future__ import annotations

from tui_dl.spec.train.table import Amount, Decay, Rate, Table


class Optimizer(Table, frozen=True, tag_field="kind"):
    """One update of all weights."""

    @property
    def arrays(self) -> int:
        """How many arrays as large as all weights it keeps."""
        raise NotImplementedError


class Sgd(Optimizer, frozen=True, tag="sgd"):
    """w -= learning_rate v, v = momentum v + gradient; with `nesterov`, one step ahead."""

    learning_rate: Rate = 0.1
    momentum: Decay = 0.0
    nesterov: bool = False

    def __post_init__(self) -> None:
        if self.nesterov and not self.momentum:
            raise ValueError("nesterov looks ahead along the momentum: add momentum = 0.9")

    @property
    def arrays(self) -> int:
        return int(self.momentum > 0)


class RmsProp(Optimizer, frozen=True, tag="rmsprop"):
    """Tieleman & Hinton 2012: gradients over the root of their average square."""

    learning_rate: Rate = 0.01
    alpha: Decay = 0.99
    epsilon: Rate = 1e-8

    @property
    def arrays(self) -> int:
        return 1


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


AnyOptimizer = Adam | AdamW | Sgd | RmsProp


class Clip(Table, frozen=True):
    """The most that gradients may be: the norm of all together, or each number's size."""

    norm: Rate | None = None
    value: Rate | None = None

    def __post_init__(self) -> None:
        if (self.norm is None) == (self.value is None):
            raise ValueError("clips by one of both: give norm or value")
