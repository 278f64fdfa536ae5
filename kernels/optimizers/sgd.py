"""sgd: w -= learning_rate g; with momentum mu, v = mu v + g and w -= learning_rate v.

In Nesterov's form, w -= learning_rate (g + mu v): Sutskever et al. 2013, as in PyTorch.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from tui_dl.kernels.optimizers.base import OptimizerKernel, Rule, make_rule


class SgdFields(Protocol):
    """What is read of the optimizer's table."""

    @property
    def learning_rate(self) -> float: ...
    @property
    def momentum(self) -> float: ...
    @property
    def nesterov(self) -> bool: ...


class PlainSettings(NamedTuple):
    """Settings without momentum."""

    learning_rate: float
    step: float


class Plain(NamedTuple):
    """Coefficients without momentum."""

    rate: np.float32


def plain(s: PlainSettings) -> Plain:
    """The coefficients of one update without momentum."""
    return Plain(np.float32(s.learning_rate))


def nothing(c: Plain, state: tuple[()], g: np.float32) -> tuple[()]:
    """Nothing is kept without momentum."""
    return state


def plain_step(c: Plain, state: tuple[()], g: np.float32, w: np.float32) -> np.float32:
    """The step of one weight without momentum."""
    return c.rate * g


class MomentumSettings(NamedTuple):
    """Settings with momentum; `nesterov` is 1 or 0."""

    learning_rate: float
    step: float
    momentum: float
    nesterov: float


class Momentum(NamedTuple):
    """Coefficients with momentum: a step is rate (along v + ahead g)."""

    rate: np.float32
    mu: np.float32
    along: np.float32
    ahead: np.float32


def momentum(s: MomentumSettings) -> Momentum:
    """The coefficients of one update with momentum."""
    along = np.float32(s.momentum if s.nesterov else 1)
    return Momentum(
        np.float32(s.learning_rate), np.float32(s.momentum), along, np.float32(s.nesterov)
    )


def velocity(c: Momentum, state: tuple[np.float32], g: np.float32) -> tuple[np.float32]:
    """The new velocity of one weight."""
    return (c.mu * state[0] + g,)


def momentum_step(
    c: Momentum, state: tuple[np.float32], g: np.float32, w: np.float32
) -> np.float32:
    """The step of one weight with momentum."""
    return c.rate * (c.along * state[0] + c.ahead * g)


PLAIN = make_rule("sgd", PlainSettings, (), plain, nothing, plain_step)
MOMENTUM = make_rule("momentum", MomentumSettings, ("velocity",), momentum, velocity, momentum_step)


class Sgd(OptimizerKernel):
    """Stochastic gradient descent; it keeps velocities only where there is momentum."""

    def choose(self, fields: SgdFields) -> tuple[Rule, NamedTuple]:
        if not fields.momentum:
            return PLAIN, PlainSettings(fields.learning_rate, 0)
        return MOMENTUM, MomentumSettings(fields.learning_rate, 0, fields.momentum, fields.nesterov)
