"""The NaN guard: a step whose loss or gradient is not finite ends the run before it does harm."""

from __future__ import annotations

from math import isfinite

from tui_dl.engine.train.optimizer import Optimizer


class DivergedError(ArithmeticError):
    """The loss or gradient of a step is not finite; the training position is still before it."""


def check_finite(what: str, value: float, optimizer: Optimizer) -> None:
    """Raise DivergedError, with the step and its learning rate, unless `value` is finite."""
    if not isfinite(value):
        raise DivergedError(
            f"the {what} is not finite at step {optimizer.updates}, "
            f"at a learning rate of {optimizer.learning_rate:g}"
        )
