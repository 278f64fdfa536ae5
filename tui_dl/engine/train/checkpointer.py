"""When weights are worth keeping, and going back to those that were kept."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tui_dl.engine.train.state import Checkpoint
from tui_dl.engine.train.trainer import Trainer

STEPS = 500  # at the next end of an epoch a checkpoint is due,
SECONDS = 10.0  # and after so long wherever training stands,
SHARE = 0.02  # unless making them took more of the time than this


class Checkpointer:
    """The newest checkpoint, which is where training began before there is another."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._last = trainer.checkpoint()
        self._best = 0  # the epoch that was kept as the best
        self._took = 0.0  # seconds, for the newest
        self.begin()

    def begin(self) -> None:
        """Count the time to the next checkpoint from here."""
        self._since = time.perf_counter()

    def is_due(self, epoch_ended: bool) -> bool:
        """Whether it is time for a checkpoint."""
        since = time.perf_counter() - self._since
        steps = self._trainer.position.updates - self._last.step
        late = since >= max(SECONDS, self._took / SHARE)
        return late or (epoch_ended and steps >= STEPS)

    def checkpoints(self) -> Iterator[Checkpoint]:
        """What is new since the last ones; whoever asks for the next one has written them."""
        began, position = time.perf_counter(), self._trainer.position
        if position.updates > self._last.step:
            del self._last  # before there is another one: a third of the memory that weights take
            self._last = self._trainer.checkpoint()
            yield self._last
        if position.stopping.best_epoch > self._best:
            self._best = position.stopping.best_epoch
            yield Checkpoint("best", self._best, position.updates, self._trainer.best)
        self.begin()
        self._took = self._since - began

    def rollback(self) -> None:
        """Undo a step that failed: back to what was kept, and all steps since once more."""
        step = self._trainer.position.updates
        self._trainer.restore(self._last)
        self._trainer.stepper.pack()
        for _ in self._trainer.train(until=step):
            pass
