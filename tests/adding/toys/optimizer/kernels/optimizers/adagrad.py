"""adagrad: v += g^2; w -= learning_rate g / (sqrt(v) + epsilon).

Duchi, Hazan & Singer 2011; epsilon is added to the root, as in PyTorch.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from tui_dl.kernels.optimizers.base import OptimizerKernel, Rule, make_rule


class AdagradFields(Protocol):
    """What is read of the optimizer's table."""

    @property
    def learning_rate(self) -> float: ...
    @property
    def epsilon(self) -> float: ...


class Settings(NamedTuple):
    """Settings of the kernel."""

    learning_rate: float
    step: float
    epsilon: float


class Coefficients(NamedTuple):
    """Coefficients of one update."""

    rate: np.float32
    epsilon: np.float32


def coefficients(s: Settings) -> Coefficients:
    """The coefficients of one update."""
    return Coefficients(np.float32(s.learning_rate), np.float32(s.epsilon))


def new_state(c: Coefficients, state: tuple[np.float32], g: np.float32) -> tuple[np.float32]:
    """The new sum of squares of one weight's gradients."""
    return (state[0] + g * g,)


def step(c: Coefficients, state: tuple[np.float32], g: np.float32, w: np.float32) -> np.float32:
    """The step of one weight."""
    root: np.float32 = np.sqrt(state[0])
    return c.rate * g / (root + c.epsilon)


RULE = make_rule("adagrad", Settings, ("v",), coefficients, new_state, step)


class Adagrad(OptimizerKernel):
    """Gradients over the root of the sum of their squares."""

    def choose(self, fields: AdagradFields) -> tuple[Rule, NamedTuple]:
        return RULE, Settings(fields.learning_rate, 0, fields.epsilon)
