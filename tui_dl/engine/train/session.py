"""A training as one hears of it: its first words, what it is told, checkpoints, its last words."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from tui_dl import data
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.timer import StepTimer
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train import state
from tui_dl.engine.train.checkpointer import Checkpointer
from tui_dl.engine.train.platform import this_platform
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Checkpoint
from tui_dl.engine.train.step_records import Records
from tui_dl.engine.train.trainer import DivergedError, Trainer
from tui_dl.protocol.commands import LOOK_EVERY, AnyCommand, Continue, Pause, Save, Set, Stop
from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    Compiled,
    Continued,
    Diagnosed,
    EarlyStopped,
    Ended,
    EpochEnded,
    Evaluated,
    LearningRateChanged,
    Metrics,
    Paused,
    Refused,
    Split,
    Started,
    StopReason,
)
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.format import FORMAT
from tui_dl.spec.train import Change, with_change
from tui_dl.support.errors import UserError
from tui_dl.support.processors import cores

# Records, of steps, are overwritten by the next; a Change is to be kept with the experiment.
Output = AnyEvent | Records | Checkpoint | Change
Commands = Callable[[], Iterable[AnyCommand | Refused]]


def train(
    experiment: Experiment,
    threads: int | None = None,
    commands: Commands = lambda: (),
    checkpoint: Checkpoint | None = None,
) -> Iterator[Output]:
    """Train `experiment`, yielding what happens as it happens.

    Args:
        experiment: what to train; the same one gives the same numbers, for any `threads`.
        threads: how many work at once; by default as many as pay, at most one a processor.
        commands: asked between steps what somebody wants of the run, at least after every step
            that takes over 50 ms; the next one is taken once what came of one was handed out.
        checkpoint: the "last" one of the same experiment: training goes on from there, and gives
            the numbers it would have given without the interruption.

    Raises:
        UserError: the data or the training cannot go on; the message says what to do.
    """
    dataset = data.load(experiment.data, experiment.train.seed)
    with ThreadPool(threads) if threads else ThreadTuner(cores()) as pool:
        trainer = Trainer(experiment, dataset, pool)
        if checkpoint:
            trainer.restore(checkpoint)
            checkpoint = None  # which would be kept to the end of the run
        yield from TrainingSession(trainer, commands).run()


class TrainingSession:
    """One process's part of a run."""

    def __init__(self, trainer: Trainer, commands: Commands) -> None:
        self.trainer = trainer
        self._commands = commands
        self._paused = False
        self._began = time.perf_counter()
        self._compile_seconds = 0.0
        self._checkpointer = Checkpointer(trainer)
        self._timer = StepTimer()

    def run(self) -> Iterator[Output]:
        """From where the trainer stands to the figures of the final weights."""
        trainer = self.trainer
        yield self._started()
        for event in compile_kernels(trainer.kernels()):
            self._compile_seconds = event.seconds if isinstance(event, Compiled) else 0.0
            yield event
        trainer.stepper.pack()
        self._checkpointer.begin()
        self._timer.go_on()
        try:
            for output in trainer.train():
                yield output
                if isinstance(output, np.ndarray):
                    self._timer.done(len(output))
                else:
                    self._timer.go_on()
                between_steps = trainer.position.batch < trainer.steps
                if between_steps and not isinstance(output, LearningRateChanged | Diagnosed):
                    yield from self._listen()
                    if self._checkpointer.is_due(isinstance(output, EpochEnded)):
                        yield from self._checkpoint()
        except DivergedError as error:
            if len(before := trainer.recorder.take()):
                yield before
            self._checkpointer.rollback()
            yield from self._checkpoint()
            yield from trainer.diagnose_divergence()
            advised = trainer.position.diagnosis.advised
            raise UserError(f"{error}: try {advised}" if advised else str(error)) from None
        yield from self._finish()

    def _listen(self) -> Iterator[Output]:
        """Take commands, and during a pause wait for more of them."""
        for command in self._commands():
            yield from self._obey(command)
        if self._paused:
            step = self.trainer.position.updates
            yield Paused(step=step)
            while self._paused:
                time.sleep(LOOK_EVERY)
                for command in self._commands():
                    yield from self._obey(command)
            self._began = time.perf_counter()
            yield Continued(step=step)
            self._timer.go_on()

    def _obey(self, command: AnyCommand | Refused) -> Iterator[Output]:
        """Carry `command` out; it is acknowledged once what has to be kept of it was handed out."""
        step = self.trainer.position.updates
        rate = command.learning_rate if isinstance(command, Set) else None
        match command:
            case Refused():
                yield command
                return
            case Pause():
                self._paused = True
                yield from self._checkpoint()
            case Continue():
                self._paused = False
            case Stop():
                self._paused = False
                yield self._decide(Change(step=step, stop=True))
            case Set(learning_rate=rate):
                yield self._decide(Change(step=step, learning_rate=rate))
            case Save():
                yield from self._checkpoint()
        yield Acknowledged(command=command.name, step=step, learning_rate=rate)

    def _decide(self, change: Change) -> Change:
        self.trainer.changes[:] = with_change(self.trainer.changes, change)
        return change

    def _checkpoint(self) -> Iterator[Checkpoint]:
        """What is new since the last checkpoint."""
        self._count_seconds()
        yield from self._checkpointer.checkpoints()
        self._timer.go_on()

    def _finish(self) -> Iterator[Output]:
        """Keep the last weights, go back to the best if the recipe says so, and judge them."""
        trainer, stopping = self.trainer, self.trainer.position.stopping
        yield from self._checkpoint()
        rule = trainer.recipe.early_stopping
        restored = rule is not None and rule.restore_best and stopping.best_epoch > 0
        if restored:
            state.fill(trainer.model, trainer.best)
            trainer.stepper.pack()
        else:
            trainer.swap()
        if rule and trainer.exhausted:
            yield EarlyStopped(
                epoch=trainer.position.epoch,
                best_epoch=stopping.best_epoch,
                patience=rule.patience,
                restored=restored,
            )
        train, of_train = trainer.evaluate(trainer.dataset.train)
        validation, of_validation = trainer.evaluate(trainer.dataset.validation)
        test, of_test = trainer.evaluate(trainer.dataset.test)
        yield _evaluated("train", train, of_train)
        yield _evaluated("validation", validation, of_validation)
        yield _evaluated("test", test, of_test)
        self._count_seconds()
        yield Ended(
            stop_reason=self._stop_reason,
            epochs=trainer.position.epoch,
            best_epoch=stopping.best_epoch or None,
            train_loss=train.loss,
            validation_loss=validation.loss,
            validation_accuracy=validation.accuracy,
            test_loss=test.loss,
            test_accuracy=test.accuracy,
            median_step_ms=self._timer.median_step_ms,
            samples_per_second=trainer.taken / self._timer.seconds if trainer.taken else None,
            compile_seconds=self._compile_seconds,
            seconds=trainer.position.seconds,
        )

    def _count_seconds(self) -> None:
        """Add the time since the last count to that at work, in whichever process that was."""
        now = time.perf_counter()
        self.trainer.position.seconds += now - self._began
        self._began = now

    @property
    def _stop_reason(self) -> StopReason:
        if self.trainer.exhausted:
            return "early_stopping"
        return "stopped" if self.trainer.stopped else "finished"

    def _started(self) -> Started:
        trainer = self.trainer
        return Started(
            host=socket.gethostname(),
            pid=os.getpid(),
            threads=trainer.pool.threads,
            parameters=trainer.experiment.parameter_count,
            layers=trainer.parameters.layers,
            step_fields=trainer.recorder.fields,
            samples={
                "train": len(trainer.dataset.train),
                "validation": len(trainer.dataset.validation),
                "test": len(trainer.dataset.test),
            },
            steps_per_epoch=trainer.steps_per_epoch,
            epochs=trainer.recipe.epochs,
            step=trainer.position.updates,
            format=FORMAT,
            platform=this_platform(),
        )


def _evaluated(split: Split, result: SplitResult, metrics: Metrics) -> Evaluated:
    return Evaluated(split=split, loss=result.loss, accuracy=result.accuracy, metrics=metrics)
