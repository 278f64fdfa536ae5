"""Losses over real numbers: functions of the error of each output."""

from __future__ import annotations

from tui_dl.spec.train.losses.base import Loss
from tui_dl.spec.train.table import Rate


class MeanSquaredError(Loss, frozen=True, tag="mean_squared_error"):
    """(y - t)^2."""

    best_constant = "mean"


class MeanAbsoluteError(Loss, frozen=True, tag="mean_absolute_error"):
    """|y - t|."""

    best_constant = "median"


class Huber(Loss, frozen=True, tag="huber"):
    """Squared for errors up to `delta`, absolute beyond (Huber 1964)."""

    best_constant = "median"  # exactly where all errors are beyond `delta`

    delta: Rate = 1.0
