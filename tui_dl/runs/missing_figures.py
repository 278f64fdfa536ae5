"""Why a figure of a run is missing, in one line, the same wherever it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from tui_dl.protocol.events import Ended, EpochEnded, Metrics
from tui_dl.spec.train.config import EarlyStopping
from tui_dl.spec.train.metrics import METRICS, VALIDATION_LOSS
from tui_dl.spec.train.metrics.base import Metric
from tui_dl.support.errors import UserError

if TYPE_CHECKING:
    from tui_dl.runs.status import State

NOT_FINITE = "not finite"


def no_best(ended: EpochEnded | None, rule: EarlyStopping | None) -> str:
    """Why no epoch is the best so far, `ended` being the last one; empty where one is."""
    if ended is None or ended.best_epoch:
        return ""
    metric = rule.metric if rule else VALIDATION_LOSS
    if metric == VALIDATION_LOSS or ended.validation_loss is None:
        return f"the validation loss is {NOT_FINITE}"
    return undefined(metric)


def no_best_of(state: State) -> str:
    """The same of a run; its experiment is read only where there is something to say."""
    ended: EpochEnded | None = state.last(EpochEnded)
    if ended is None or ended.best_epoch:
        return ""
    with suppress(UserError):  # it may be damaged: what its events say is said all the same
        return no_best(ended, state.run.experiment.train.early_stopping)
    return no_best(ended, None)


def undefined(metric: str) -> str:
    """Why `metric` of a split has no value, the loss having one."""
    return f"{metric.replace('_', ' ')} is undefined: {METRICS.get(metric, Metric).undefined}"


def notes(state: State) -> list[str]:
    """Why figures that `show` has a place for are missing."""
    lines = []
    epoch: EpochEnded | None = state.last(EpochEnded)
    if why := no_best_of(state):
        lines.append(f"no epoch is the best: {why}")
    if (ended := state.last(Ended)) is not None:
        if ended.train_loss is None and not state.diverged:
            lines.append(f"train loss: {NOT_FINITE} with the final weights")
        for split in ("validation", "test"):
            if (found := state.evaluated(split)) is not None:
                lines += (f"{split} {says}" for says in _missing(found.loss, found.metrics))
    elif epoch is not None:
        lines += (f"validation {it}" for it in _missing(epoch.validation_loss, epoch.metrics))
    return lines


def _missing(loss: float | None, metrics: Metrics) -> Iterator[str]:
    """What of a split has no value: its loss, or metrics although the loss has one."""
    if loss is None:
        yield f"loss: {NOT_FINITE}"
        return
    for name, value in metrics.items():
        if value is None:
            yield undefined(name)
