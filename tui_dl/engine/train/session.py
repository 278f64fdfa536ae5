"""A training session: trains an experiment in this process, and yields everything it produces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from tui_dl import data
from tui_dl.data.preparation import Preparation
from tui_dl.engine.baselines import evaluate_baselines
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.timer import StepTimer
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.check_finite import DivergedError
from tui_dl.engine.train.checkpointer import Checkpointer
from tui_dl.engine.train.checks import SHARE, run_checks
from tui_dl.engine.train.run_events import (
    choose_final_weights,
    ended,
    evaluate_splits,
    final_pictures,
    started,
)
from tui_dl.engine.train.state import Checkpoint
from tui_dl.engine.train.step_records import Records
from tui_dl.engine.train.trainer import Trainer
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.commands import LOOK_EVERY, AnyCommand, Continue, Pause, Save, Set, Stop
from tui_dl.protocol.events import (
    Acknowledged,
    AnyEvent,
    CheckFailed,
    Compiled,
    Continued,
    Diagnosed,
    EpochEnded,
    LearningRateChanged,
    Paused,
    Refused,
)
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.config import Change, with_change
from tui_dl.support.errors import UserError
from tui_dl.support.processors import cores

# Records, one a step, are overwritten by the next ones. A Change is to be kept in the experiment,
# a Preparation with the weights.
Output = AnyEvent | Artifact | Records | Checkpoint | Change | Preparation
Commands = Callable[[], Iterable[AnyCommand | Refused]]


def train(
    experiment: Experiment,
    threads: int | None = None,
    commands: Commands = lambda: (),
    checkpoint: Checkpoint | None = None,
    dataset: data.Dataset | None = None,
) -> Iterator[Output]:
    """Train `experiment`; yield its events, records, checkpoints, artifacts, changes, preparation.

    Args:
        experiment: what to train; the numbers are the same for any `threads`.
        threads: how many compute; by default the tuner chooses, at most one a processor.
        commands: returns new commands. It is called between steps, at least after every step that
            takes over 50 ms; the outputs of one command are yielded before the next is taken.
        checkpoint: a "last" checkpoint of the same experiment to continue from; the numbers are
            those of a run without the interruption.
        dataset: the experiment's samples where they are loaded already.

    Raises:
        UserError: the data cannot be loaded or the training diverged; the message says what to do.
    """
    if dataset is None:
        dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    if dataset.preparation:
        yield dataset.preparation
    with ThreadPool(threads) if threads else ThreadTuner(cores()) as pool:
        trainer = assemble(experiment, dataset, pool)
        if checkpoint:
            trainer.restore(checkpoint)
            checkpoint = None  # frees its memory, which would be held to the end of the run
        yield from TrainingSession(trainer, commands).run()


class TrainingSession:
    """Trains until the end, follows commands and makes checkpoints."""

    def __init__(self, trainer: Trainer, commands: Commands) -> None:
        self.trainer = trainer
        self._commands = commands
        self._paused = False
        self._began = time.perf_counter()
        self._compile_seconds = 0.0
        self._checkpointer = Checkpointer(trainer)
        self._timer = StepTimer()

    def run(self) -> Iterator[Output]:
        """Train from the trainer's position to the end, and evaluate the final weights."""
        trainer = self.trainer
        yield started(trainer)
        for event in compile_kernels(trainer.kernels()):
            self._compile_seconds = event.seconds if isinstance(event, Compiled) else 0.0
            yield event
        trainer.stepper.pack()
        yield from self._check()
        self._checkpointer.begin()
        self._timer.start()
        try:
            yield from self._train()
        except DivergedError as error:
            yield from self._give_up(error)
        yield from self._finish()

    def _check(self) -> Iterator[CheckFailed]:
        """Yield the checks that fail, before the first step, of those that take a moment."""
        if self.trainer.position.updates == 0:
            for result in run_checks(self.trainer, SHARE):
                if not result.passed:
                    yield CheckFailed(result=result)

    def _train(self) -> Iterator[Output]:
        """Make all steps, with commands and checkpoints between them."""
        trainer = self.trainer
        for output in trainer.train():
            yield output
            if isinstance(output, np.ndarray):
                self._timer.add(output["seconds"].tolist())
            else:
                self._timer.start()
            between_steps = trainer.position.batch < trainer.steps
            if between_steps and not isinstance(output, Artifact | LearningRateChanged | Diagnosed):
                yield from self._follow_commands()
                if self._checkpointer.is_due(isinstance(output, EpochEnded)):
                    yield from self._checkpoint()

    def _give_up(self, error: DivergedError) -> Iterator[Output]:
        """After a step that diverged: keep the weights before it, diagnose, raise UserError."""
        trainer = self.trainer
        if len(before := trainer.recorder.take()):
            yield before
        self._checkpointer.rollback()
        yield from self._checkpoint()
        yield from trainer.diagnose_divergence()
        advised = trainer.position.diagnosis.advised
        raise UserError(f"{error}: try {advised}" if advised else str(error)) from None

    def _follow_commands(self) -> Iterator[Output]:
        """Execute new commands; while the run is paused, wait for more."""
        for command in self._commands():
            yield from self._execute(command)
        if self._paused:
            step = self.trainer.position.updates
            yield Paused(step=step)
            while self._paused:
                time.sleep(LOOK_EVERY)
                for command in self._commands():
                    yield from self._execute(command)
            self._began = time.perf_counter()
            yield Continued(step=step)
            self._timer.start()

    def _execute(self, command: AnyCommand | Refused) -> Iterator[Output]:
        """Execute `command`; acknowledge it after all that has to be kept of it was yielded."""
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
                yield self._add_change(Change(step=step, stop=True))
            case Set(learning_rate=rate):
                yield self._add_change(Change(step=step, learning_rate=rate))
            case Save():
                yield from self._checkpoint()
        yield Acknowledged(command=command.name, step=step, learning_rate=rate)

    def _add_change(self, change: Change) -> Change:
        changes = self.trainer.learning_rate.changes
        changes[:] = with_change(changes, change)
        return change

    def _checkpoint(self) -> Iterator[Checkpoint]:
        """Yield the checkpoints that are new since the last ones."""
        self._count_seconds()
        yield from self._checkpointer.checkpoints()
        self._timer.start()

    def _finish(self) -> Iterator[Output]:
        """Keep the last weights; evaluate the final ones on all splits, beside baselines.

        Observers look at the final ones, too.
        """
        yield from self._checkpoint()
        yield from choose_final_weights(self.trainer)
        answers = self.trainer.epoch_end.observers.final_answers()
        splits = evaluate_splits(self.trainer, answers)
        yield from splits
        yield from final_pictures(self.trainer, answers)
        yield from evaluate_baselines(self.trainer.experiment, self.trainer.dataset, splits[-1])
        self._count_seconds()
        yield ended(self.trainer, splits, self._timer, self._compile_seconds)

    def _count_seconds(self) -> None:
        """Add the time since the last call to the run's computing time, pauses left out."""
        now = time.perf_counter()
        self.trainer.position.seconds += now - self._began
        self._began = now
