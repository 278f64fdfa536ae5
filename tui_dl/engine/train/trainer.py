"""Trains a network step by step and epoch by epoch, from any position to any other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import inf
from time import perf_counter, time

import msgspec

from tui_dl.data import Dataset, Samples
from tui_dl.data.validate_targets import check_targets
from tui_dl.engine.diagnosis.examine import diagnose_divergence
from tui_dl.engine.graph.initializers import initialise
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train import state
from tui_dl.engine.train.augment import shifts
from tui_dl.engine.train.batches import BatchSizes, batches
from tui_dl.engine.train.check_finite import check_finite
from tui_dl.engine.train.epoch_end import EpochEnd, evaluate
from tui_dl.engine.train.learning_rate import LearningRate
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.reinforce import Reinforce
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Checkpoint, Position
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.step_records import MOST, Records, StepRecorder
from tui_dl.engine.train.weight_average import WeightAverage
from tui_dl.kernels.core.jit import Ints
from tui_dl.kernels.core.lanes import LANES
from tui_dl.protocol.events import Diagnosed, EpochEnded, LearningRateChanged, Metrics
from tui_dl.spec.data.base import Environment
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import EVALUATION_BLOCKS

Milestone = EpochEnded | LearningRateChanged | Diagnosed

YIELD_EVERY = 0.05  # seconds, a fifth of the time between two frames of a dashboard


class Trainer:
    """A network, its data, its optimizer, and the position of its training.

    Training depends on `position` and on the arrays that `checkpoint` copies alone; everything
    else, such as the order of samples, is a function of the experiment and the position.

    Attributes:
        config: the experiment's [train] table.
        batch_sizes: mini-batch sizes and steps, by epoch.
        changes: rates and stops set by hand; commands add to it.
        epoch_end: the evaluation after each epoch, and the best weights.
        samples_trained: samples of all steps of this process.
    """

    def __init__(
        self, experiment: Experiment, dataset: Dataset, pool: ThreadPool | ThreadTuner
    ) -> None:
        self.experiment, self.config = experiment, experiment.train
        self.dataset, self.pool = dataset, pool
        check_targets(dataset, experiment)
        self.position = Position()
        self.batch_sizes = BatchSizes(experiment, len(dataset.train))
        self._learning_rate = LearningRate(self.config, self.batch_sizes.steps)
        self.changes = self._learning_rate.changes
        largest = self.batch_sizes.sizes[-1] * experiment.data.longest
        blocks = max(-(-largest // LANES), EVALUATION_BLOCKS)
        self.parameters = Parameters(experiment.nodes)
        initialise(self.parameters, experiment.nodes, self.config.seed)
        self.optimizer = Optimizer(self.config, self.parameters)
        self.network = Network(experiment, self.parameters, blocks)
        self.augment = experiment.data.augment
        self.recorder = StepRecorder(self.optimizer, self.network.loss)
        parts = self.network, self.optimizer, pool
        if isinstance(experiment.data, Environment):
            self.stepper: Stepper = Reinforce(experiment, *parts, self.recorder)
        else:
            self.stepper = Stepper(*parts, bool(self.augment), self.recorder)
        self._average = WeightAverage(self.stepper, self._measure_statistics)
        self.epoch_end = EpochEnd(experiment, dataset, self.stepper, self._average, self.changes)
        self.model = self.epoch_end.model
        self.samples_trained = 0

    def kernels(self) -> Iterator[object]:
        """Every kernel that this training calls."""
        return self.stepper.kernels(self.dataset.train, self.batch_sizes.distinct)

    @property
    def steps(self) -> int:
        """Mini-batches of the present epoch, or of the last one after the end."""
        return self.batch_sizes.steps_of(self.position.epoch)

    @property
    def exhausted(self) -> bool:
        """Whether the patience of early stopping has run out."""
        rule = self.config.early_stopping
        return rule is not None and self.position.stopping.waited >= rule.patience

    @property
    def stopped(self) -> bool:
        """Whether a stop was requested at the present position."""
        return any(change.stop for change in self._learning_rate.changes_at(self.position))

    @property
    def best(self) -> state.Tensors:
        """Weights and buffers of the best epoch so far."""
        return self.epoch_end.best

    def train(self, until: float = inf) -> Iterator[Records | Milestone]:
        """Train from the present position to the end, to a stop, or to step `until`.

        Whenever records or the end of an epoch are yielded, the position is after them.

        Raises:
            DivergedError: the loss or the gradient of a step is not finite.
        """
        it = self.position
        while it.epoch < self.config.epochs and not self.exhausted:
            order = len(self.dataset.train), self.config.seed, it.epoch + 1
            moved = shifts(self.augment, *order)
            rest = islice(batches(self.batch_sizes.of(it.epoch), *order), it.batch, None)
            while it.batch < self.steps:
                if it.updates >= until or self.stopped:
                    return
                yield from self._learning_rate.update(it)
                yield self._some_steps(rest, moved, until)
            yield from self.epoch_end.finish(it)

    def _some_steps(self, batches: Iterator[Ints], moved: Ints, until: float) -> Records:
        """Make steps of one epoch, up to the next change, or until their records are due."""
        it, recorder = self.position, self.recorder
        first, unix = it.batch + 1, time() - perf_counter()
        ends = [until, it.updates + MOST, *(change.step for change in self.changes)]
        end = min(step for step in ends if step > it.updates)
        until_time = perf_counter() + YIELD_EVERY
        for chosen in batches:
            self.optimizer.learning_rate = self._learning_rate.at(it)
            began = perf_counter()
            result = self.stepper.step(self.dataset.train, chosen, moved)
            ended = perf_counter()
            self.pool.note(len(chosen), ended - began)
            check_finite("loss", result.total, self.optimizer)
            check_finite("gradient", recorder.gradient_norm, self.optimizer)
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

    def evaluate(self, samples: Samples) -> tuple[SplitResult, Metrics]:
        """The loss over all `samples`, and the metrics that the experiment names."""
        return evaluate(self.experiment, self.stepper, samples)

    def swap(self) -> None:
        """Swap the trained weights and their average, where one is kept."""
        self._average.swap()

    def _measure_statistics(self) -> None:
        """Compute the batch-norm statistics of the weights in the network, over one epoch."""
        order = len(self.dataset.train), self.config.seed, 0  # epoch 0: an order never trained in
        size = self.stepper.capacity // self.experiment.data.longest
        moved = shifts(self.augment, *order)
        self.stepper.measure_statistics(self.dataset.train, batches(size, *order), moved)

    @property
    def _arrays(self) -> state.Tensors:
        """Views of all arrays that training depends on."""
        return self.model | state.memory(self.optimizer) | self.stepper.memory

    def checkpoint(self) -> Checkpoint:
        """Copies of all that training needs to continue from here."""
        tensors = state.copied(self._arrays) | self._average.tensors()
        tensors |= {state.BEST + name: tensor for name, tensor in self.best.items()}
        position = msgspec.json.encode(self.position).decode()
        return Checkpoint("last", self.position.epoch, self.position.updates, tensors, position)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Return to where `checkpoint` was made; call `stepper.pack` afterwards.

        Raises:
            UserError: it is of another network.
        """
        state.fill(self._arrays, checkpoint.tensors)
        self.epoch_end.best = {name: checkpoint.tensors[state.BEST + name] for name in self.model}
        self.position = msgspec.json.decode(checkpoint.position, type=Position)
        self.optimizer.settings[1] = self.position.updates
        self._average.restore(checkpoint.tensors)
