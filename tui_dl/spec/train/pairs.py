"""Checks of ``[train]`` that concern more than one key.

Only what spoils a training is refused. What a short one never reaches, such as a patience longer
than its epochs, is not: the same config may be tried for three epochs and trained for forty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_dl.spec.layers import ShapeError

if TYPE_CHECKING:
    from tui_dl.spec.train import Train


def check_train(train: Train) -> None:
    """Raise ShapeError where two keys of ``[train]`` contradict each other."""
    train.schedule.check(train.optimizer.learning_rate, train.epochs)
    for index, change in enumerate(train.change):
        if change.learning_rate is None and not change.stop:
            raise ShapeError(
                f"train.change[{index}]: changes nothing: give learning_rate, or stop = true"
            )
    for index, name in enumerate(train.metrics):
        if name in train.metrics[:index]:
            raise ShapeError(f"train.metrics[{index}]: {name} is there already: remove one")
