"""adam: m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= lr m^ / (sqrt(v^) + epsilon).

m^ = m / (1 - b1^t) and v^ = v / (1 - b2^t) at update t (Kingma & Ba 2015, algorithm 1); epsilon is
added to the corrected root, as in PyTorch. With a weight decay d, w -= lr d w as well: AdamW
(Loshchilov & Hutter 2019).
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple, Protocol

import numpy as np

from tui_dl.kernels.optimizers.base import OptimizerKernel, Rule, make_rule


class AdamFields(Protocol):
    """What is read of the optimizer's table."""

    @property
    def learning_rate(self) -> float: ...
    @property
    def beta1(self) -> float: ...
    @property
    def beta2(self) -> float: ...
    @property
    def epsilon(self) -> float: ...


class Settings(NamedTuple):
    """Settings of the kernel."""

    learning_rate: float
    step: float
    beta1: float
    beta2: float
    epsilon: float
    weight_decay: float


class Coefficients(NamedTuple):
    """Coefficients of one update: m = decay1 m + rest1 g, v = decay2 v + rest2 g^2.

    The step is rate m / (sqrt(v) correction + epsilon) + shrink w.
    """

    rate: np.float32
    correction: np.float32
    decay1: np.float32
    rest1: np.float32
    decay2: np.float32
    rest2: np.float32
    epsilon: np.float32
    shrink: np.float32


def coefficients(s: Settings) -> Coefficients:
    """The coefficients of one update."""
    return Coefficients(
        rate=np.float32(s.learning_rate / (1 - s.beta1**s.step)),
        correction=np.float32(1 / sqrt(1 - s.beta2**s.step)),
        decay1=np.float32(s.beta1),
        rest1=np.float32(1 - s.beta1),
        decay2=np.float32(s.beta2),
        rest2=np.float32(1 - s.beta2),
        epsilon=np.float32(s.epsilon),
        shrink=np.float32(s.learning_rate * s.weight_decay),
    )


def new_state(
    c: Coefficients, state: tuple[np.float32, np.float32], g: np.float32
) -> tuple[np.float32, np.float32]:
    """The new moments of one weight's gradient."""
    m, v = state
    return c.decay1 * m + c.rest1 * g, c.decay2 * v + c.rest2 * g * g


def step(
    c: Coefficients, state: tuple[np.float32, np.float32], g: np.float32, w: np.float32
) -> np.float32:
    """The step of one weight."""
    m, v = state
    root: np.float32 = np.sqrt(v)
    return c.rate * m / (root * c.correction + c.epsilon) + c.shrink * w


RULE = make_rule("adam", Settings, ("m", "v"), coefficients, new_state, step)


class Adam(OptimizerKernel):
    """Adam, without weight decay."""

    def choose(self, fields: AdamFields) -> tuple[Rule, NamedTuple]:
        return RULE, settings(fields, 0)


def settings(fields: AdamFields, weight_decay: float) -> Settings:
    """The settings before the first update."""
    betas = fields.beta1, fields.beta2
    return Settings(fields.learning_rate, 0, *betas, fields.epsilon, weight_decay)
