"""Trains step by step and epoch by epoch, from any position to any other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import inf
from time import perf_counter, time

import msgspec

from tui_dl.data import Dataset, Samples
from tui_dl.engine.diagnosis.examine import diagnose_divergence
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.observers.answers import Answers
from tui_dl.engine.train import state
from tui_dl.engine.train.augment import augmentations
from tui_dl.engine.train.batches import BatchSizes
from tui_dl.engine.train.check_finite import check_finite
from tui_dl.engine.train.epoch_end import EpochEnd, evaluate
from tui_dl.engine.train.learning_rate import LearningRate
from tui_dl.engine.train.sections import batches_of_epoch
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Checkpoint, Position
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.step_records import MOST, Records, StepRecorder
from tui_dl.engine.train.weight_average import WeightAverage
from tui_dl.kernels.core.jit import Ints
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import Diagnosed, EpochEnded, LearningRateChanged, Metrics
from tui_dl.spec.experiment import Experiment

Milestone = Artifact | EpochEnded | LearningRateChanged | Diagnosed

YIELD_EVERY = 0.05  # seconds, a fifth of the time between two frames of a dashboard


class Trainer:
    """The parts that train an experiment, and how far they have come.

    Training depends on `position` and on the arrays that `checkpoint` copies alone; everything
    else, such as the order of samples, is a function of the experiment and the position.

    Attributes:
        config: the experiment's [train] table.
        batch_sizes: mini-batch sizes and steps, by epoch.
        learning_rate: the rate of each step; its `changes` are those made by hand.
        stepper: makes the steps; it has the network, the optimizer and the threads.
        recorder: the records of these steps.
        average: swaps the weights and their average.
        epoch_end: the evaluation after each epoch, and the best weights.
        position: the position of training.
        samples_trained: samples of all steps of this process.
    """

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        batch_sizes: BatchSizes,
        learning_rate: LearningRate,
        stepper: Stepper,
        recorder: StepRecorder,
        average: WeightAverage,
        epoch_end: EpochEnd,
    ) -> None:
        """Take the parts that `assemble` has made for `experiment`."""
        self.experiment, self.config, self.dataset = experiment, experiment.train, dataset
        self.batch_sizes, self.learning_rate = batch_sizes, learning_rate
        self.stepper, self.recorder = stepper, recorder
        self.average, self.epoch_end = average, epoch_end
        self.position = Position(episodes=stepper.episodes)
        self.samples_trained = 0

    def kernels(self) -> Iterator[object]:
        """Every kernel that this training calls."""
        return self.stepper.kernels(self.dataset.train, self.batch_sizes.distinct)

    @property
    def parameters(self) -> Parameters:
        """The weights and their gradients."""
        return self.stepper.optimizer.parameters

    @property
    def steps(self) -> int:
        """Mini-batches of the present epoch, or of the last one after the end."""
        return self.batch_sizes.steps_of(self.position.epoch)

    @property
    def exhausted(self) -> bool:
        """Whether the patience of early stopping has run out."""
        return self.epoch_end.exhausted(self.position)

    @property
    def stopped(self) -> bool:
        """Whether a stop was requested at the present position."""
        return any(change.stop for change in self.learning_rate.changes_at(self.position))

    def train(self, until: float = inf) -> Iterator[Records | Milestone]:
        """Train from the present position to the end, to a stop, or to step `until`.

        Whenever records or the end of an epoch are yielded, the position is after them.

        Raises:
            DivergedError: the loss or the gradient of a step is not finite.
        """
        it, augment = self.position, self.experiment.data.augment
        while it.epoch < self.config.epochs and not self.exhausted:
            order = len(self.dataset.train), self.config.seed, it.epoch + 1
            changes = augmentations(augment, *order)
            size, sections = self.batch_sizes.of(it.epoch), self.experiment.data.sections
            rest = islice(batches_of_epoch(size, *order, sections), it.batch, None)
            while it.batch < self.steps:
                if it.updates >= until or self.stopped:
                    return
                yield from self.learning_rate.update(it)
                yield self._some_steps(rest, changes, until)
            yield from self.epoch_end.finish(it)

    def _some_steps(self, batches: Iterator[Ints], changes: Ints, until: float) -> Records:
        """Make steps of one epoch, up to the next change, or until their records are due."""
        it, recorder, optimizer = self.position, self.recorder, self.stepper.optimizer
        first, unix = it.batch + 1, time() - perf_counter()
        ends = [until, it.updates + MOST, *(change.step for change in self.learning_rate.changes)]
        end = min(step for step in ends if step > it.updates)
        until_time = perf_counter() + YIELD_EVERY
        for chosen in batches:
            optimizer.learning_rate = self.learning_rate.at(it)
            began = perf_counter()
            result = self.stepper.step(self.dataset.train, chosen, changes)
            ended = perf_counter()
            self.stepper.pool.note(len(chosen), ended - began)
            check_finite("loss", result.total, optimizer)
            check_finite("gradient", recorder.gradient_norm, optimizer)
            recorder.stamp(it.epoch + 1, len(chosen), unix + ended, ended - began)
            it.updates += 1
            it.batch += 1
            it.total += result
            self.samples_trained += len(chosen)
            if it.updates == end or ended > until_time:
                break
        records = recorder.take()
        it.diagnosis.add_steps(records, first, self.steps)
        return records

    def diagnose_divergence(self) -> Iterator[Diagnosed]:
        """Why the step after the present position diverged, unless a diagnosis has said so."""
        it, subject = self.position, self.epoch_end.subject
        yield from diagnose_divergence(it.diagnosis, subject, it.epoch + 1, it.updates + 1)

    def evaluate(
        self, samples: Samples, answers: Answers | None = None
    ) -> tuple[SplitResult, Metrics]:
        """The loss over all `samples`, and the metrics that the experiment names.

        The answers to all of them are added to `answers`.
        """
        return evaluate(self.experiment, self.stepper, samples, answers)

    @property
    def _arrays(self) -> state.Tensors:
        """Views of all arrays that training depends on."""
        stepper = self.stepper
        return self.epoch_end.model | state.memory(stepper.optimizer) | stepper.memory

    def checkpoint(self) -> Checkpoint:
        """Copies of all that training needs to continue from here."""
        tensors = state.copied(self._arrays) | self.average.tensors()
        tensors |= {state.BEST + name: tensor for name, tensor in self.epoch_end.best.items()}
        position = msgspec.json.encode(self.position).decode()
        return Checkpoint("last", self.position.epoch, self.position.updates, tensors, position)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Return to where `checkpoint` was made; call `stepper.pack` afterwards.

        Raises:
            UserError: it is of another network.
        """
        state.fill(self._arrays, checkpoint.tensors)
        names = self.epoch_end.model
        self.epoch_end.best = {name: checkpoint.tensors[state.BEST + name] for name in names}
        self.position = msgspec.json.decode(checkpoint.position, type=Position)
        self.stepper.optimizer.updates = self.position.updates
        self.stepper.episodes = self.position.episodes
        self.average.restore(checkpoint.tensors)
