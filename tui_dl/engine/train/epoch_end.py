"""The end of an epoch: evaluation, best weights, early stopping, plateaus and diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

from tui_dl.data import Dataset, Samples
from tui_dl.engine.diagnosis.examine import examine
from tui_dl.engine.diagnosis.finding import Subject
from tui_dl.engine.diagnosis.probe import Probe
from tui_dl.engine.metrics import measure
from tui_dl.engine.train import state
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.engine.train.state import Position
from tui_dl.engine.train.step import Stepper
from tui_dl.engine.train.weight_average import WeightAverage
from tui_dl.protocol.events import Diagnosed, EpochEnded, Metrics
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.config import Change, EarlyStopping
from tui_dl.spec.train.metrics import VALIDATION_LOSS, lower_is_better


class EpochEnd:
    """Evaluates the network after each epoch and updates the position.

    Attributes:
        best: copies of the weights and buffers of the best epoch; at first the initial ones.
        model: views of the network's weights and buffers.
        probe: statistics of activations.
        subject: the experiment as the rules of the diagnosis see it.
    """

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        stepper: Stepper,
        average: WeightAverage,
        changes: list[Change],
    ) -> None:
        self._experiment, self._dataset = experiment, dataset
        self._stepper, self._average = stepper, average
        # The states of a few moments of an environment do not show whether a unit is idle.
        probed = 0 if experiment.data.gives_rewards else len(dataset.validation)
        self.probe = Probe(stepper.network, experiment.nodes, probed)
        self.subject = Subject(experiment, dataset.train, changes)
        self.model = state.model(stepper.network, stepper.optimizer)
        self.best = state.copied(self.model)

    def finish(self, position: Position) -> Iterator[EpochEnded | Diagnosed]:
        """Close the epoch whose last step was just made; yield new diagnoses, then its end."""
        config, train = self._experiment.train, position.total
        rule = config.early_stopping or EarlyStopping()
        position.batch, position.total = 0, SplitResult()
        position.epoch += 1
        self._average.swap()
        result, metrics = evaluate(self._experiment, self._stepper, self._dataset.validation)
        position.plateau.update(result.loss, config.schedule)
        value = _lower_is_better({VALIDATION_LOSS: result.loss, **metrics}, rule.metric)
        if position.stopping.update(position.epoch, value, rule.min_delta):
            self.best = state.copied(self.model)
        is_due = self.probe.is_due(position.updates, position.diagnosis.probed)
        activations = self.probe.look() if is_due else {}
        self._average.swap()
        ended = EpochEnded(
            epoch=position.epoch,
            step=position.updates,
            train_loss=train.loss,
            train_accuracy=train.accuracy,
            validation_loss=result.loss,
            validation_accuracy=result.accuracy,
            best_epoch=position.stopping.best_epoch,
            waited=position.stopping.waited,
            metrics=metrics,
            activations=activations,
        )
        if position.diagnosis.add_epoch(ended):
            yield from examine(position.diagnosis, self.subject, position.updates)
        yield ended


def evaluate(
    experiment: Experiment, stepper: Stepper, samples: Samples
) -> tuple[SplitResult, Metrics]:
    """The loss over all `samples`, and the metrics that the experiment names."""
    names = experiment.metrics
    if names == (experiment.data.metric,):
        result = stepper.evaluate(samples)
        return result, {names[0]: stepper.metric_value(result)}
    result, outputs, targets = stepper.outputs(samples)
    spec, of_data = experiment.data_spec, experiment.train.target == "data"
    unit = spec.target_unit if of_data else 1.0
    return result, measure(names, outputs, targets, spec.class_names, unit)


def _lower_is_better(metrics: Metrics, name: str) -> float:
    """A metric with the sign that makes lower values better; NaN where it is undefined."""
    value = metrics.get(name)
    if not isinstance(value, float):
        return nan
    return value if lower_is_better(name) else -value
