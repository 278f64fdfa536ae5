"""Metrics: figures of a split beside the loss, and the targets that each of them is for.

One file a metric, or a few that are alike; a file that is here is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.train.losses.base import Loss
from tui_dl.spec.train.metrics.base import DEFAULTS, Metric, Subject
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.registry import declarations

METRICS: dict[str, type[Metric]] = declarations(__name__, Metric)

if TYPE_CHECKING:
    MetricName: TypeAlias = str
else:
    MetricName = Literal[tuple(METRICS)]

VALIDATION_LOSS = "validation_loss"


def lower_is_better(name: str) -> bool:
    """Whether lower values of a metric, or of the validation loss, are better."""
    return name == VALIDATION_LOSS or METRICS[name].lower_is_better


def subject(loss: Loss, target: TensorSpec) -> Subject:
    """What metrics of a network with this `loss` and `target` are of."""
    if loss.needs_rewards:
        return "rewards"
    return "classes" if target.vocab_size else "real numbers"


def check_single(metric: str, min_delta: float, names: Sequence[str]) -> None:
    """Raise ConfigError unless early stopping can follow `metric`, `names` being measured."""
    single = [VALIDATION_LOSS, *(name for name in names if METRICS[name].is_number)]
    if metric in single:
        if metric != VALIDATION_LOSS and METRICS[metric].is_share and min_delta >= 1:
            raise ConfigError(
                "train.early_stopping.min_delta",
                f"{metric} is 0 to 1 and never better by {min_delta:g}: make it smaller",
            )
        return
    if (known := METRICS.get(metric)) is None:
        says = f"is no metric{suggest(metric, single)}"
    elif known.is_number:
        says = f"is not measured: write it into train.metrics, or use {' or '.join(single)}"
    else:
        says = f"is more than one number: use {' or '.join(single)}"
    raise ConfigError("train.early_stopping.metric", f"{metric} {says}")


def check_metrics(
    names: Sequence[str], target: TensorSpec, loss: Loss, class_names: Sequence[str]
) -> None:
    """Raise ConfigError where a metric says nothing of `target`, whose classes have these names."""
    here = subject(loss, target)
    for index, name in enumerate(names):
        own = METRICS[name].subject
        if own != here and "rewards" in (own, here):
            what = "an environment" if own == "rewards" else "samples"
            says = f"{name} is of {what}, and here there are none: leave it out"
        elif own != here:
            says = f"{name} is of {own}, and here there are none: use {DEFAULTS[here]}"
        else:
            says = METRICS[name].unsuited(target, loss.own_activation, class_names)
        if says:
            raise ConfigError(f"train.metrics[{index}]", says)
