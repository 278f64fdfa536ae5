"""Checks of ``[train]`` that concern more than one key.

Only what spoils a training is refused. What a short one never reaches, such as a patience longer
than its epochs, is not: the same config may be tried for three epochs and trained for forty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_dl.spec.config_error import ConfigError

if TYPE_CHECKING:
    from tui_dl.spec.train.config import Train


def check_train(train: Train) -> None:
    """Raise ConfigError where two keys of ``[train]`` contradict each other."""
    train.schedule.check(train.optimizer.learning_rate, train.epochs)
    for index, change in enumerate(train.change):
        if change.learning_rate is None and not change.stop:
            raise ConfigError(
                f"train.change[{index}]", "changes nothing: give learning_rate, or stop = true"
            )
    for index, name in enumerate(train.metrics):
        if name in train.metrics[:index]:
            raise ConfigError(f"train.metrics[{index}]", f"{name} is there already: remove one")
