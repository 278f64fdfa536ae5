"""Metrics of real numbers, and of rewards."""

from __future__ import annotations

from tui_dl.spec.train.metrics.base import Metric


class R2(Metric, frozen=True, tag="r2"):
    """The share of the targets' variance that the outputs explain."""

    subject = "real numbers"
    is_share = False
    undefined = "the targets are all the same"
    bytes_per_output = 20


class RMSE(Metric, frozen=True, tag="rmse"):
    """The root of the mean squared error, in the target's units."""

    subject = "real numbers"
    lower_is_better = True
    is_share = False
    in_units = True
    bytes_per_output = 20


class MAE(Metric, frozen=True, tag="mae"):
    """The mean absolute error, in the target's units."""

    subject = "real numbers"
    lower_is_better = True
    is_share = False
    in_units = True
    bytes_per_output = 20


class Return(Metric, frozen=True, tag="return"):
    """The mean sum of an episode's rewards, which the environment says."""

    subject = "rewards"
    is_share = False
