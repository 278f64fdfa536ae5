"""The training itself: steps and epochs, from any position to any other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import inf, isfinite, nan
from time import perf_counter, time

import msgspec

from tui_dl.data import Dataset, Samples
from tui_dl.data.validate_targets import check_targets
from tui_dl.engine.diagnosis.examine import diagnose_divergence, examine
from tui_dl.engine.diagnosis.finding import Subject
from tui_dl.engine.diagnosis.probe import Probe
from tui_dl.engine.graph.initializers import initialise
from tui_dl.engine.graph.network import Network
from tui_dl.engine.graph.parameters import Parameters
from tui_dl.engine.metrics import measure
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train import state
from tui_dl.engine.train.augment import shifts
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.engine.train.reinforce import Reinforce
from tui_dl.engine.train.schedule import Schedule
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Checkpoint, Position
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.step_records import MOST, Records, StepRecorder
from tui_dl.engine.train.weight_average import Average
from tui_dl.kernels.core.jit import Ints
from tui_dl.kernels.core.lanes import LANES
from tui_dl.protocol.events import Diagnosed, EpochEnded, LearningRateChanged, Metrics
from tui_dl.spec.data import Environment
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.memory.need import EVALUATION_BLOCKS
from tui_dl.spec.train import Change, EarlyStopping, grown
from tui_dl.spec.train.metrics import LOWER_IS_BETTER, VALIDATION_LOSS

Milestone = EpochEnded | LearningRateChanged | Diagnosed

HAND_OUT_EVERY = 0.05  # seconds, a fifth of the time between two frames of a dashboard


class DivergedError(ArithmeticError):
    """A step's loss or gradient is not finite; the position is still before that step."""


class Trainer:
    """A network, its data, its optimiser, and where its training stands.

    What training depends on is in `position` and in the arrays that `checkpoint` copies; all else,
    such as the order of samples, is a function of the experiment and of the position.
    """

    def __init__(
        self, experiment: Experiment, dataset: Dataset, pool: ThreadPool | ThreadTuner
    ) -> None:
        self.experiment, self.recipe = experiment, experiment.train
        self.dataset, self.pool = dataset, pool
        check_targets(dataset, experiment)
        self.position = Position()
        epochs = range(1, self.recipe.epochs + 1)
        self._sizes = [self._size(epoch) for epoch in epochs]
        self._steps = [-(-len(dataset.train) // size) for size in self._sizes]
        rate = self.recipe.optimizer.learning_rate
        self.schedule = Schedule(self.recipe.schedule, rate, self._steps)
        rows = self._sizes[-1] * experiment.data.longest
        blocks = max(-(-rows // LANES), EVALUATION_BLOCKS)
        self.parameters = Parameters(experiment.rows)
        initialise(self.parameters, experiment.rows, self.recipe.seed)
        self.optimizer = Optimizer(self.recipe, self.parameters)
        self.network = Network(experiment, self.parameters, blocks)
        self.augment = experiment.data.augment
        self.recorder = StepRecorder(self.optimizer, self.network.loss)
        bound, probed = (self.network, self.optimizer, pool), len(dataset.validation)
        if isinstance(experiment.data, Environment):
            self.stepper: Stepper = Reinforce(experiment, *bound, self.recorder)
            probed = 0  # the states of a few moments do not tell whether a unit is idle
        else:
            self.stepper = Stepper(*bound, bool(self.augment), self.recorder)
        self.probe = Probe(self.network, experiment.rows, probed)
        self.model = state.model(self.network, self.optimizer)
        self.best = state.copied(self.model)
        self._average = Average(self.stepper, self._measure_statistics)
        self.changes = list(self.recipe.change)
        self.subject = Subject(experiment, dataset.train, self.changes)
        self.taken = 0  # samples, by all steps of this process

    def kernels(self) -> Iterator[object]:
        """Every kernel that this training calls."""
        sizes = set(self._sizes)
        rests = {len(self.dataset.train) % size or size for size in sizes}
        return self.stepper.kernels(self.dataset.train, sizes | rests)

    def _size(self, epoch: int) -> int:
        """Samples of a mini-batch in `epoch`, from 1."""
        count = len(self.dataset.train)
        size = self.experiment.data.batch(count)
        return grown(size, self.recipe.batch_schedule, count, epoch)

    @property
    def batch_size(self) -> int:
        """Samples of a mini-batch in the epoch under way, or in the last one."""
        return self._sizes[min(self.position.epoch, self.recipe.epochs - 1)]

    @property
    def steps(self) -> int:
        """Mini-batches of that epoch, that hold each training sample once."""
        return self._steps[min(self.position.epoch, self.recipe.epochs - 1)]

    @property
    def steps_per_epoch(self) -> int:
        """Of all epochs, on the average."""
        return round(sum(self._steps) / len(self._steps))

    @property
    def exhausted(self) -> bool:
        """Whether patience has run out."""
        rule = self.recipe.early_stopping
        return rule is not None and self.position.stopping.waited >= rule.patience

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it here."""
        return any(change.stop for change in self._changes_here())

    def _changes_here(self) -> list[Change]:
        return [change for change in self.changes if change.step == self.position.updates]

    def train(self, until: float = inf) -> Iterator[Records | Milestone]:
        """From the present position to the end, a stop, or until so many updates were made.

        Whenever steps or the end of an epoch are handed out, the position is behind them.

        Raises:
            DivergedError: a step would poison, or has poisoned, the weights.
        """
        it = self.position
        while it.epoch < self.recipe.epochs and not self.exhausted:
            order = len(self.dataset.train), self.recipe.seed, it.epoch + 1
            moved = shifts(self.augment, *order)
            rest = islice(batches(self.batch_size, *order), it.batch, None)
            while it.batch < self.steps:
                if it.updates >= until or self.stopped:
                    return
                yield from self._change()
                yield from self._announce_schedule()
                yield self._some_steps(rest, moved, until)
            yield from self._end_epoch()

    def _some_steps(self, batches: Iterator[Ints], moved: Ints, until: float) -> Records:
        """Steps of one epoch, up to where something else happens or others should hear of them."""
        it, recorder = self.position, self.recorder
        first, unix = it.batch + 1, time() - perf_counter()
        ends = [until, it.updates + MOST, *(change.step for change in self.changes)]
        end = min(step for step in ends if step > it.updates)
        until_time = perf_counter() + HAND_OUT_EVERY
        for chosen in batches:
            self.optimizer.learning_rate = self._rate
            began = perf_counter()
            result = self.stepper.step(self.dataset.train, chosen, moved)
            ended = perf_counter()
            self.pool.note(len(chosen), ended - began)
            self._check_finite("loss", result.total)
            self._check_finite("gradient", recorder.gradient_norm)
            recorder.stamp(it.epoch + 1, len(chosen), unix + ended, ended - began)
            it.updates += 1
            it.batch += 1
            it.total += result
            self.taken += len(chosen)
            if it.updates == end or ended > until_time:
                break
        records = recorder.take()
        it.diagnosis.take(records, first, self.steps)
        return records

    def _change(self) -> Iterator[LearningRateChanged]:
        """Carry out what was decided for this place."""
        for change in self._changes_here():
            if change.learning_rate is not None:
                self.position.manual_rate = change.learning_rate, self._scheduled
                yield self._announce(scheduled=False)

    def _announce_schedule(self) -> Iterator[LearningRateChanged]:
        """An epoch that begins with another learning rate says so."""
        announced = self.position.announced or self.schedule.base
        if self.position.batch == 0 and self._rate != announced:
            yield self._announce(scheduled=True)

    @property
    def _rate(self) -> float:
        """The next step's learning rate; where one was set, the schedule goes on from that."""
        if self.position.manual_rate is None:
            return self._scheduled
        rate, was = self.position.manual_rate
        return rate * (self._scheduled / was) if was else rate

    @property
    def _scheduled(self) -> float:
        return self.schedule.rate(self.position.updates, self.position.plateau.met)

    def _announce(self, scheduled: bool) -> LearningRateChanged:
        step, rate = self.position.updates, self._rate
        self.position.announced = rate
        return LearningRateChanged(step=step, learning_rate=rate, scheduled=scheduled)

    def _check_finite(self, what: str, value: float) -> None:
        if not isfinite(value):
            raise DivergedError(
                f"the {what} is not finite at step {self.optimizer.updates}, "
                f"at a learning rate of {self.optimizer.learning_rate:g}"
            )

    def _end_epoch(self) -> Iterator[EpochEnded | Diagnosed]:
        """Look at the validation samples, and at what goes wrong."""
        it, train = self.position, self.position.total
        rule = self.recipe.early_stopping or EarlyStopping()
        it.batch, it.total = 0, SplitResult()
        it.epoch += 1
        self.swap()
        result, metrics = self.evaluate(self.dataset.validation)
        it.plateau.see(result.loss, self.recipe.schedule)
        value = _to_lower({VALIDATION_LOSS: result.loss, **metrics}, rule.metric)
        if it.stopping.see(it.epoch, value, rule.min_delta):
            self.best = state.copied(self.model)
        look = self.probe.is_due(it.updates, it.diagnosis.probed)
        activations = self.probe.look() if look else {}
        self.swap()
        ended = EpochEnded(
            epoch=it.epoch,
            step=it.updates,
            train_loss=train.loss,
            train_accuracy=train.accuracy,
            validation_loss=result.loss,
            validation_accuracy=result.accuracy,
            best_epoch=it.stopping.best_epoch,
            waited=it.stopping.waited,
            metrics=metrics,
            activations=activations,
        )
        if it.diagnosis.close(ended):
            yield from examine(it.diagnosis, self.subject, it.updates)
        yield ended

    def diagnose_divergence(self) -> Iterator[Diagnosed]:
        """Why the step behind the present position diverged, unless that was said before."""
        it = self.position
        yield from diagnose_divergence(it.diagnosis, self.subject, it.epoch + 1, it.updates + 1)

    def evaluate(self, samples: Samples) -> tuple[SplitResult, Metrics]:
        """The loss of all `samples`, and what else the experiment asks for."""
        names = self.experiment.metrics
        if names == (self.experiment.data.metric,):
            result = self.stepper.evaluate(samples)
            return result, {names[0]: self.stepper.metric_value(result)}
        result, outputs, targets = self.stepper.outputs(samples)
        return result, measure(names, outputs, targets, self.experiment.data.class_names)

    def swap(self) -> None:
        """Exchange the weights that are trained and those that are judged, where these differ."""
        self._average.swap()

    def _measure_statistics(self) -> None:
        """Make running averages those of the weights there, by an epoch that is none of theirs."""
        order = len(self.dataset.train), self.recipe.seed, 0
        size = self.stepper.capacity // self.experiment.data.longest
        moved = shifts(self.augment, *order)
        self.stepper.measure_statistics(self.dataset.train, batches(size, *order), moved)

    @property
    def _kept(self) -> state.Tensors:
        """Views of all arrays that training depends on."""
        return self.model | state.memory(self.optimizer) | self.stepper.memory

    def checkpoint(self) -> Checkpoint:
        """All that training needs to go on from here."""
        tensors = state.copied(self._kept) | self._average.tensors()
        tensors |= {state.BEST + name: tensor for name, tensor in self.best.items()}
        position = msgspec.json.encode(self.position).decode()
        return Checkpoint("last", self.position.epoch, self.position.updates, tensors, position)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go to where `checkpoint` was made; the weights have to be packed after it.

        Raises:
            UserError: it is of another network.
        """
        state.fill(self._kept, checkpoint.tensors)
        self.best = {name: checkpoint.tensors[state.BEST + name] for name in self.model}
        self.position = msgspec.json.decode(checkpoint.position, type=Position)
        self.optimizer.settings[1] = self.position.updates
        self._average.restore(checkpoint.tensors)


def _to_lower(metrics: Metrics, name: str) -> float:
    """One of `metrics` as a number that is better the lower it is; NaN where it is undefined."""
    value = metrics.get(name)
    if not isinstance(value, float):
        return nan
    return value if name in LOWER_IS_BETTER else -value
