"""What is checked: an untrained network with its data, and how a check trains it for a moment."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.trainer import Trainer

# Of the training samples, at most, from which figures of the data are taken.
SAMPLES, NUMBERS = 1_024, 2_000_000


class Measured(NamedTuple):
    """What a check has measured.

    Attributes:
        figure: the figure.
        low: the least that passes; None where there is no such bound.
        high: the most that passes.
        says: figure and expectation, in one plain line.
        remedy: what to do where it fails.
    """

    figure: float
    low: float | None
    high: float | None
    says: str
    remedy: str


class Subject:
    """A trainer at its start.

    Attributes:
        trainer: its parts; a check may train it, for `restart` undoes that.
        experiment: what it trains.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.experiment = trainer, trainer.experiment
        self._start = trainer.checkpoint()

    @cached_property
    def samples(self) -> Samples:
        """Training samples in random order; fewer where a sample has many numbers."""
        return self.take(min(SAMPLES, max(NUMBERS // self.experiment.data_spec.input.size, 1)))

    def take(self, count: int) -> Samples:
        """The first `count` training samples of the first epoch, or all if they are fewer."""
        train = self.trainer.dataset.train
        count = min(count, len(train))
        return train.take(next(batches(count, len(train), self.trainer.config.seed, 1)))

    def step(self, samples: Samples) -> SplitResult:
        """One update by all `samples`, unshifted, at the optimizer's own learning rate."""
        stepper = self.trainer.stepper
        stepper.optimizer.learning_rate = self.trainer.config.optimizer.learning_rate
        everything = np.arange(len(samples), dtype=np.int64)
        result = stepper.step(samples, everything, np.zeros((len(samples), 3), np.int64))
        self.trainer.recorder.stamp(1, len(samples), 0.0, 0.0)
        return result

    def layer_gradient_norms(self) -> dict[str, float]:
        """The gradient's norm by trained layer, of the steps made since they were last taken."""
        records = self.trainer.recorder.take()
        norms = records["layer_gradient_norm"][-1].tolist()
        return dict(zip(self.trainer.parameters.layers, norms, strict=True))

    def restart(self) -> None:
        """Return to the start: its weights, buffers and optimizer, and no step recorded."""
        self.trainer.recorder.take()
        self.trainer.restore(self._start)
        self.trainer.stepper.pack()
