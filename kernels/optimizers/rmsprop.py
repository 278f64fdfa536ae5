"""rmsprop: v = a v + (1-a) g^2; w -= learning_rate g / (sqrt(v) + epsilon).

Tieleman & Hinton 2012; epsilon is added to the root, as in PyTorch.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from tui_dl.kernels.optimizers.base import OptimizerKernel, Rule, make_rule


class RmsPropFields(Protocol):
    """What is read of the optimizer's table."""

    @property
    def learning_rate(self) -> float: ...
    @property
    def alpha(self) -> float: ...
    @property
    def epsilon(self) -> float: ...


class Settings(NamedTuple):
    """Settings of the kernel."""

    learning_rate: float
    step: float
    alpha: float
    epsilon: float


class Coefficients(NamedTuple):
    """Coefficients of one update: v = decay v + rest g^2."""

    rate: np.float32
    decay: np.float32
    rest: np.float32
    epsilon: np.float32


def coefficients(s: Settings) -> Coefficients:
    """The coefficients of one update."""
    return Coefficients(
        np.float32(s.learning_rate),
        np.float32(s.alpha),
        np.float32(1 - s.alpha),
        np.float32(s.epsilon),
    )


def new_state(c: Coefficients, state: tuple[np.float32], g: np.float32) -> tuple[np.float32]:
    """The new mean square of one weight's gradient."""
    return (c.decay * state[0] + c.rest * g * g,)


def step(c: Coefficients, state: tuple[np.float32], g: np.float32, w: np.float32) -> np.float32:
    """The step of one weight."""
    root: np.float32 = np.sqrt(state[0])
    return c.rate * g / (root + c.epsilon)


RULE = make_rule("rmsprop", Settings, ("v",), coefficients, new_state, step)


class RmsProp(OptimizerKernel):
    """Gradients over the root of their average square."""

    def choose(self, fields: RmsPropFields) -> tuple[Rule, NamedTuple]:
        return RULE, Settings(fields.learning_rate, 0, fields.alpha, fields.epsilon)
