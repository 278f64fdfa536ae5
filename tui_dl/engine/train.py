"""The training loop: an experiment in, events out."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from math import isfinite

import numpy as np

from tui_dl import data
from tui_dl.data import Dataset
from tui_dl.engine import state
from tui_dl.engine.augment import shifts
from tui_dl.engine.batches import batches
from tui_dl.engine.compile import compile_kernels
from tui_dl.engine.initial import initialise
from tui_dl.engine.meters import Meters, Record
from tui_dl.engine.network import Network
from tui_dl.engine.optimizer import Optimizer
from tui_dl.engine.parameters import Parameters
from tui_dl.engine.state import Checkpoint
from tui_dl.engine.step import Score, Stepper
from tui_dl.engine.stopping import Stopping
from tui_dl.engine.team import Team, default_threads
from tui_dl.errors import UserError
from tui_dl.events import (
    AnyEvent,
    Compiled,
    EarlyStopped,
    Ended,
    EpochEnded,
    Evaluated,
    Started,
    StopReason,
)
from tui_dl.experiment import Experiment
from tui_dl.kernels.lanes import LANES

CHECKPOINT_STEPS = 500  # at the next end of an epoch a checkpoint is due
EVALUATION_SHARDS = 4  # at least so many shards at once, however small the mini-batch

Happening = AnyEvent | Record | Checkpoint  # a Record is a step; it is overwritten by the next


def train(
    experiment: Experiment,
    threads: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Happening]:
    """Train `experiment`, yielding what happens as it happens.

    Args:
        experiment: what to train; the same one gives the same numbers, for any `threads`.
        threads: how many work at once; by default as many as there are processors.
        stop: asked after every step; True ends the run as if it had been its last.

    Raises:
        UserError: the data or the training cannot go on; the message says what to do.
    """
    dataset = data.load(experiment.data, experiment.train.seed)
    with Team(threads or default_threads()) as team:
        yield from Trainer(experiment, dataset, team).run(stop)


class Trainer:
    """One run under way."""

    def __init__(self, experiment: Experiment, dataset: Dataset, team: Team) -> None:
        self.recipe, self.dataset, self.team = experiment.train, dataset, team
        self.batch_size = min(experiment.data.batch_size, len(dataset.train))
        shards = max(-(-self.batch_size // LANES), EVALUATION_SHARDS)
        self.parameters = Parameters(experiment.rows)
        initialise(self.parameters, experiment.rows, self.recipe.seed)
        self.optimizer = Optimizer(self.recipe, self.parameters)
        self.network = Network(experiment, self.parameters, shards)
        self.augment = experiment.data.augment
        self.stepper = Stepper(self.network, self.optimizer, team, bool(self.augment))
        self.meters = Meters(self.optimizer)
        self.stopping = Stopping(self.recipe.early_stopping)
        self.best = state.weights(self.parameters)
        self.epoch = 0
        self.stopped = False
        self.durations: list[float] = []
        self.parameter_count = experiment.parameter_count
        self._checkpointed = {"last": 0, "best": 0}  # step and epoch that are on disk

    def run(self, stop: Callable[[], bool]) -> Iterator[Happening]:
        """From the first weights to the figures of the last."""
        began = time.perf_counter()
        yield self._started()
        compile_seconds = 0.0
        for event in compile_kernels(self._kernels()):
            compile_seconds = event.seconds if isinstance(event, Compiled) else 0.0
            yield event
        self.stepper.pack()
        while self.epoch < self.recipe.epochs and not self._over:
            yield from self._epoch(stop)
        yield from self._finish(compile_seconds, began)

    @property
    def _over(self) -> bool:
        return self.stopped or self.stopping.exhausted

    def _epoch(self, stop: Callable[[], bool]) -> Iterator[Happening]:
        """All mini-batches once, then the validation samples."""
        train = self.dataset.train
        total = Score()
        seen = 0
        order = len(train), self.recipe.seed, self.epoch + 1
        moved = shifts(self.augment, *order)
        for chosen in batches(self.batch_size, *order):
            began = time.perf_counter()
            score = self.stepper.step(train, chosen, moved)
            if not isfinite(score.loss):
                raise UserError(
                    f"the loss is not finite at step {self.optimizer.updates}: "
                    f"try a smaller learning rate than {self.optimizer.learning_rate:g}"
                )
            seconds = time.perf_counter() - began
            yield self.meters.read(self.epoch + 1, len(chosen), score, seconds)
            total += score
            seen += len(chosen)
            self.stopped = stop()
            self.durations.append(time.perf_counter() - began)
            if self.stopped and seen < len(train):
                return
        self.epoch += 1
        yield from self._validate(total)

    def _validate(self, train: Score) -> Iterator[Happening]:
        self._swap()
        score = self.stepper.evaluate(self.dataset.validation)
        if self.stopping.see(self.epoch, score.loss):
            self.best = state.weights(self.parameters)
        self._swap()
        yield EpochEnded(
            epoch=self.epoch,
            step=self.optimizer.updates,
            train_loss=train.loss,
            train_accuracy=train.accuracy,
            validation_loss=score.loss,
            validation_accuracy=score.accuracy,
            best_epoch=self.stopping.best_epoch,
            waited=self.stopping.waited,
        )
        if self.optimizer.updates - self._checkpointed["last"] >= CHECKPOINT_STEPS:
            yield from self._checkpoint()

    def _swap(self) -> None:
        """Exchange the weights that are trained and those that are judged, where these differ."""
        if self.optimizer.swap():
            self.stepper.pack()

    def _checkpoint(self) -> Iterator[Checkpoint]:
        """What is new since the last checkpoint."""
        step = self.optimizer.updates
        if step > self._checkpointed["last"]:
            tensors = state.everything(self.parameters, self.optimizer)
            yield Checkpoint("last", self.epoch, step, tensors)
            self._checkpointed["last"] = step
        if self.stopping.best_epoch > self._checkpointed["best"]:
            yield Checkpoint("best", self.stopping.best_epoch, step, self.best)
            self._checkpointed["best"] = self.stopping.best_epoch

    def _finish(self, compile_seconds: float, began: float) -> Iterator[Happening]:
        """Keep the last weights, go back to the best if the recipe says so, and judge them."""
        yield from self._checkpoint()
        recipe = self.recipe.early_stopping
        restored = recipe is not None and recipe.restore_best and self.stopping.best_epoch > 0
        if restored:
            state.restore(self.parameters, self.best)
            self.stepper.pack()
        else:
            self._swap()
        if recipe and self.stopping.exhausted:
            yield EarlyStopped(
                epoch=self.epoch,
                best_epoch=self.stopping.best_epoch,
                patience=recipe.patience,
                restored=restored,
            )
        train = self.stepper.evaluate(self.dataset.train)
        validation = self.stepper.evaluate(self.dataset.validation)
        test = self.stepper.evaluate(self.dataset.test)
        yield Evaluated(split="train", loss=train.loss, accuracy=train.accuracy)
        yield Evaluated(split="validation", loss=validation.loss, accuracy=validation.accuracy)
        yield Evaluated(split="test", loss=test.loss, accuracy=test.accuracy)
        median = float(np.median(self.durations)) if self.durations else None
        yield Ended(
            stop_reason=self._stop_reason,
            epochs=self.epoch,
            best_epoch=self.stopping.best_epoch or None,
            train_loss=train.loss,
            validation_loss=validation.loss,
            validation_accuracy=validation.accuracy,
            test_loss=test.loss,
            test_accuracy=test.accuracy,
            median_step_ms=median and median * 1e3,
            samples_per_second=median and self.batch_size / median,
            compile_seconds=compile_seconds,
            seconds=time.perf_counter() - began,
        )

    @property
    def _stop_reason(self) -> StopReason:
        if self.stopping.exhausted:
            return "early_stopping"
        return "stopped" if self.stopped else "finished"

    def _started(self) -> Started:
        sizes = self.dataset
        return Started(
            host=socket.gethostname(),
            pid=os.getpid(),
            threads=self.team.threads,
            parameters=self.parameter_count,
            layers=self.parameters.layers,
            step_fields=self.meters.fields,
            samples={
                "train": len(sizes.train),
                "validation": len(sizes.validation),
                "test": len(sizes.test),
            },
            steps_per_epoch=-(-len(sizes.train) // self.batch_size),
            epochs=self.recipe.epochs,
        )

    def _kernels(self) -> Iterator[object]:
        rest = len(self.dataset.train) % self.batch_size or self.batch_size
        return self.stepper.kernels(self.dataset.train, {self.batch_size, rest})
