"""The steps of a run at which something was decided: where one wants to look."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tui_dl.protocol.events import Diagnosed, EarlyStopped, LearningRateChanged, Started
from tui_dl.runs.history import best_of
from tui_dl.runs.status import State

MilestoneKind = Literal["learning_rate", "diagnosis", "best", "early_stop"]


@dataclass(frozen=True, order=True)
class Milestone:
    """What happened after which step."""

    step: int
    kind: MilestoneKind


def milestones(state: State) -> tuple[Milestone, ...]:
    """All of a run so far, by step: changed learning rates, diagnoses, the best epoch, the stop."""
    history = state.history
    found = {Milestone(step, "learning_rate") for step in _changed_rates(state)}
    found |= {Milestone(it.step, "diagnosis") for it in history.all(Diagnosed)}
    if (best := best_of(state.epochs)) is not None and len(state.epochs) > 1:
        found.add(Milestone(best.step, "best"))
    stopped: EarlyStopped | None = state.last(EarlyStopped)
    if stopped is not None and state.epochs:
        found.add(Milestone(state.epochs[-1].step, "early_stop"))
    return tuple(sorted(found))


def _changed_rates(state: State) -> Iterator[int]:
    """Steps after which the learning rate was another one, unless it is so epoch after epoch."""
    started: Started | None = state.last(Started)
    changes: Sequence[LearningRateChanged] = state.history.all(LearningRateChanged)
    yield from (it.step for it in changes if not it.scheduled)
    steps = [it.step for it in changes if it.scheduled]
    near = started.steps_per_epoch if started else 0
    for before, step, after in zip(
        [-near - 1, *steps], steps, [*steps[1:], sys.maxsize], strict=False
    ):
        if step - before > near and after - step > near:
            yield step
