"""The end of an epoch: evaluation, best weights, early stopping, diagnosis and observers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import nan

import numpy as np

from tui_dl.data import Dataset, Samples
from tui_dl.engine.diagnosis.examine import examine
from tui_dl.engine.diagnosis.finding import Subject
from tui_dl.engine.diagnosis.probe import Probe
from tui_dl.engine.metrics import measure
from tui_dl.engine.observers.answers import Answers
from tui_dl.engine.observers.base import Past
from tui_dl.engine.observers.moments import Moment
from tui_dl.engine.observers.observe import Observers
from tui_dl.engine.train import state
from tui_dl.engine.train.sections import by_section
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Position
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.weight_average import WeightAverage
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import Diagnosed, EpochEnded, Metrics
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.config import Change, EarlyStopping
from tui_dl.spec.train.metrics import METRICS, VALIDATION_LOSS, lower_is_better


class EpochEnd:
    """Evaluates the network after each epoch and updates the position.

    Attributes:
        best: copies of the weights and buffers of the best epoch; at first the initial ones.
        model: views of the network's weights and buffers.
        probe: statistics of activations.
        subject: the experiment as the rules of the diagnosis see it.
        observers: what looks at the network at the end of an epoch.
    """

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        stepper: Stepper,
        average: WeightAverage,
        changes: list[Change],
        steps: Sequence[int],
    ) -> None:
        """`steps` has the number of steps of each epoch."""
        self._experiment = experiment
        self._stepper, self._average = stepper, average
        # The states of a few moments of an environment do not show whether a unit is idle.
        self._validation = by_section(dataset.validation, experiment.data.sections)
        probed = 0 if experiment.data.gives_rewards else len(self._validation[0])
        self.probe = Probe(stepper.network, experiment.nodes, probed)
        self.subject = Subject(experiment, dataset.train, changes)
        self.model = state.model(stepper.network, stepper.optimizer)
        self.best = state.copied(self.model)
        parameters = stepper.optimizer.parameters
        self._weights = list(parameters.tensors(parameters.values).values())
        self._start = self._point()
        self.observers = Observers(experiment, dataset, stepper, parameters, steps)

    def finish(self, position: Position) -> Iterator[Artifact | EpochEnded | Diagnosed]:
        """Close the epoch whose last step was just made; yield artifacts, diagnoses, its end.

        The end comes last, so that a checkpoint after it is after all of them.
        """
        config, train = self._experiment.train, position.total
        rule = config.early_stopping or EarlyStopping()
        position.batch, position.total = 0, SplitResult()
        position.epoch += 1
        if norms := self._average.norms():
            position.averages.append(norms)
        self._average.swap()
        if (point := self._point()) is not None:
            position.path.append(point)
        answers = self.observers.answers(self._moment(position, 1))
        samples = self._validation[(position.epoch - 1) % len(self._validation)]
        result, metrics = evaluate(self._experiment, self._stepper, samples, answers)
        position.plateau.update(result.loss, config.schedule)
        value = _lower_is_better({VALIDATION_LOSS: result.loss, **metrics}, rule.metric)
        if position.stopping.update(position.epoch, value, rule.min_delta):
            self.best = state.copied(self.model)
        moment = self._moment(position)
        is_probed = self.probe.is_due(position.updates, position.diagnosis.probed)
        is_observed = bool(self.observers.due(moment))
        activations = self.probe.look() if is_probed or is_observed else {}
        past = self._past(position)
        artifacts = list(self.observers.observe(moment, answers, samples, activations, past))
        self._average.swap()
        yield from artifacts
        ended = EpochEnded(
            epoch=position.epoch,
            step=position.updates,
            train_loss=train.loss,
            train_accuracy=train.accuracy,
            validation_loss=result.loss,
            validation_accuracy=result.accuracy,
            best_epoch=position.stopping.best_epoch,
            waited=position.stopping.waited,
            metrics={name: it for name, it in metrics.items() if not METRICS[name].is_observed},
        )
        if position.diagnosis.add_epoch(ended, activations if is_probed else {}):
            yield from examine(position.diagnosis, self.subject, position.updates)
        yield ended

    def observe_final(
        self, position: Position, epoch: int, answers: Answers | None
    ) -> Iterator[Artifact]:
        """Yield what observers see of the final weights, those of `epoch`.

        The validation samples are those that were evaluated last; `answers` are to test samples.
        """
        activations = self.probe.look()
        past = self._past(position)
        yield from self.observers.observe_final(epoch, position.updates, answers, activations, past)

    def _point(self) -> tuple[float, float] | None:
        """The weights of a network that has two; None of others."""
        if sum(it.size for it in self._weights) != 2:
            return None
        first, second = (float(it) for tensor in self._weights for it in tensor.reshape(-1))
        return first, second

    def _past(self, position: Position) -> Past:
        """What observers look at of the epochs so far."""
        path = [self._start, *position.path] if self._start is not None else []
        return Past(path, position.averages, position.episodes.groups)

    def _moment(self, position: Position, more: int = 0) -> Moment:
        """The end of this epoch, if `more` epochs than now have passed without a better one."""
        config, waited = self._experiment.train, position.stopping.waited + more
        is_last = position.epoch == config.epochs or self._is_exhausted(waited)
        return Moment(position.epoch, position.updates, is_last)

    def exhausted(self, position: Position) -> bool:
        """Whether the patience of early stopping has run out."""
        return self._is_exhausted(position.stopping.waited)

    def _is_exhausted(self, waited: int) -> bool:
        rule = self._experiment.train.early_stopping
        return rule is not None and waited >= rule.patience


def evaluate(
    experiment: Experiment, stepper: Stepper, samples: Samples, answers: Answers | None = None
) -> tuple[SplitResult, Metrics]:
    """The loss over all `samples`, and the metrics that the experiment names.

    The answers to all of them are added to `answers`.
    """
    names = experiment.metrics
    if names == (experiment.data.metric,):
        result = stepper.evaluate(samples, answers.add if answers else None)
        return result, {names[0]: stepper.metric_value(result)}
    result, outputs, targets = stepper.outputs(samples)
    if answers:
        answers.add(outputs, targets, np.arange(len(samples)))
    spec, of_data = experiment.data_spec, experiment.train.target == "data"
    unit = spec.target_unit if of_data else 1.0
    return result, measure(names, outputs, targets, spec.class_names, unit)


def _lower_is_better(metrics: Metrics, name: str) -> float:
    """A metric with the sign that makes lower values better; NaN where it is undefined."""
    value = metrics.get(name)
    if not isinstance(value, float):
        return nan
    return value if lower_is_better(name) else -value
