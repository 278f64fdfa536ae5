"""Checks of ``[train]`` that concern more than one key.

Only what spoils a training is refused. What a short one never reaches, such as a patience longer
than its epochs, is not: the same config may be tried for three epochs and trained for forty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_dl.spec.layers import ShapeError
from tui_dl.spec.train.schedules import Cosine, ReduceOnPlateau, Warmed

if TYPE_CHECKING:
    from tui_dl.spec.train import Train


def check_train(train: Train) -> None:
    """Raise ShapeError where two keys of ``[train]`` contradict each other."""
    _check_schedule(train)
    for index, change in enumerate(train.change):
        if change.learning_rate is None and not change.stop:
            raise ShapeError(
                f"train.change[{index}]: changes nothing: give learning_rate, or stop = true"
            )
    for index, name in enumerate(train.metrics):
        if name in train.metrics[:index]:
            raise ShapeError(f"train.metrics[{index}]: {name} is there already: remove one")


def _check_schedule(train: Train) -> None:
    """Raise ShapeError unless the learning rate gets where its schedule says."""
    schedule, rate = train.schedule, train.optimizer.learning_rate
    if isinstance(schedule, Cosine | ReduceOnPlateau) and schedule.min_learning_rate >= rate:
        raise ShapeError(
            f"train.schedule.min_learning_rate: {schedule.min_learning_rate:g} is not below the "
            f"learning rate {rate:g}: make it smaller"
        )
    epochs = train.epochs
    if isinstance(schedule, Cosine) and schedule.epochs is not None:
        if schedule.epochs < epochs and not schedule.min_learning_rate:
            raise ShapeError(
                f"train.schedule.epochs: after {schedule.epochs} of {epochs} epochs the learning "
                "rate is 0 and nothing is learned: make it larger, or give min_learning_rate"
            )
        epochs = schedule.epochs
    if isinstance(schedule, Warmed) and schedule.warmup > epochs:
        raise ShapeError(
            f"train.schedule.warmup: {schedule.warmup} epochs are more than the {epochs} there "
            "are: make it smaller"
        )
