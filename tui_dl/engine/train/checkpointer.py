"""When checkpoints are made, and the return to the newest one after a failed step."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tui_dl.engine.train.state import Checkpoint
from tui_dl.engine.train.trainer import Trainer

STEPS = 500  # a checkpoint is due at the end of an epoch after so many steps,
SECONDS = 10.0  # and after so many seconds anywhere in an epoch,
SHARE = 0.02  # or later, so that checkpoints take at most this share of the time


class Checkpointer:
    """Makes checkpoints of a trainer; keeps the newest, at first that of the initial weights."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._last = trainer.checkpoint()
        self._best_epoch = 0  # of the newest "best" checkpoint
        self._last_seconds = 0.0  # that the newest checkpoint took
        self.begin()

    def begin(self) -> None:
        """Start the time to the next checkpoint here."""
        self._began = time.perf_counter()

    def is_due(self, epoch_ended: bool) -> bool:
        """Whether it is time for a checkpoint."""
        elapsed = time.perf_counter() - self._began
        steps = self._trainer.position.updates - self._last.step
        late = elapsed >= max(SECONDS, self._last_seconds / SHARE)
        return late or (epoch_ended and steps >= STEPS)

    def checkpoints(self) -> Iterator[Checkpoint]:
        """Yield the checkpoints that are new: "last" if there were steps, "best" if it improved.

        The caller writes each one before it takes the next; that time is counted.
        """
        began, position = time.perf_counter(), self._trainer.position
        if position.updates > self._last.step:
            # Freed before the next is made: one copy is a third of all memory for weights.
            del self._last
            self._last = self._trainer.checkpoint()
            yield self._last
        if position.stopping.best_epoch > self._best_epoch:
            self._best_epoch = position.stopping.best_epoch
            best = self._trainer.epoch_end.best
            yield Checkpoint("best", self._best_epoch, position.updates, best)
        self.begin()
        self._last_seconds = self._began - began

    def rollback(self) -> None:
        """Undo a failed step: restore the newest checkpoint and repeat the steps made since."""
        step = self._trainer.position.updates
        self._trainer.restore(self._last)
        self._trainer.stepper.pack()
        for _ in self._trainer.train(until=step):
            pass
