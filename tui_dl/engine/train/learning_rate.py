"""The learning rate in force: the schedule's, or one set by hand that the schedule scales on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_dl.engine.train.schedule import Schedule
from tui_dl.engine.train.state import Position
from tui_dl.protocol.events import LearningRateChanged
from tui_dl.spec.train.config import Change, Train


class LearningRate:
    """Learning rates of a run, from its schedule and the changes made by hand.

    Attributes:
        changes: rates and stops set by hand, each after a step of the run.
        schedule: the learning rate as a function of the step.
    """

    def __init__(self, config: Train, steps: Sequence[int]) -> None:
        """`steps` are the steps of each epoch."""
        self.changes = list(config.change)
        self.schedule = Schedule(config.schedule, config.optimizer.learning_rate, steps)

    def at(self, position: Position) -> float:
        """The learning rate of the next step.

        A rate set by hand is multiplied by what the schedule has changed since it was set.
        """
        scheduled = self._scheduled(position)
        if position.manual_rate is None:
            return scheduled
        rate, scheduled_then = position.manual_rate
        return rate * (scheduled / scheduled_then) if scheduled_then else rate

    def changes_at(self, position: Position) -> list[Change]:
        """The changes after the last step made."""
        return [change for change in self.changes if change.step == position.updates]

    def update(self, position: Position) -> Iterator[LearningRateChanged]:
        """Apply the changes made here; yield an event for each rate set by hand or by schedule.

        The schedule's rate is announced at the beginning of an epoch only.
        """
        for change in self.changes_at(position):
            if change.learning_rate is not None:
                position.manual_rate = change.learning_rate, self._scheduled(position)
                yield self._announce(position, scheduled=False)
        announced = position.announced or self.schedule.base
        if position.batch == 0 and self.at(position) != announced:
            yield self._announce(position, scheduled=True)

    def _scheduled(self, position: Position) -> float:
        return self.schedule.rate(position.updates, position.plateau.met)

    def _announce(self, position: Position, scheduled: bool) -> LearningRateChanged:
        rate = self.at(position)
        position.announced = rate
        return LearningRateChanged(step=position.updates, learning_rate=rate, scheduled=scheduled)
