"""The figures of one run that claims name, read from its folder alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import inf, nan

import numpy as np
import numpy.typing as npt

from tui_dl.protocol.events import EpochEnded, Metrics, Split, Started
from tui_dl.runs import artifacts
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.step_log import Records, read_steps
from tui_dl.spec.claims.evaluate import MissingError
from tui_dl.spec.claims.names import ACTIVATION, BY_LAYER, DEVIATION, OBSERVED, SHAPE, STEPWISE
from tui_dl.spec.claims.reader import Figure
from tui_dl.spec.train.metrics import METRICS
from tui_dl.support.errors import UserError

Series = list[tuple[int, float]]  # an epoch and its number, in order

TRAIN, VALIDATION = "train_", "validation_"
FINAL: dict[str, Split] = {
    "test_": "test",
    "final_train_": "train",
    "final_validation_": "validation",
}


class RunFigures:
    """Reads figures of a run that is over; each file is read at most once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._state = State(run)

    def number(self, figure: Figure) -> float:
        """The figure's number; of a series the last one, unless it has a selector.

        Raises:
            MissingError: the run does not have it.
        """
        series = self._series(figure)
        if series is None:
            return self._single(figure)
        if not series:
            raise MissingError(self._why(figure.name))
        return _selected(series, figure)

    def _why(self, name: str) -> str:
        """Why the run has no figure of this name."""
        failure = self._state.failure
        return f"the run has no {name}" + (f": {failure}" if failure else "")

    def _series(self, figure: Figure) -> Series | None:
        """The series that the figure is of; None where it is one number."""
        name, experiment = figure.name, self._run.experiment
        if name in BY_LAYER:
            return self._by_layer(BY_LAYER[name], figure.key)
        if name in STEPWISE:
            return self._by_epoch(lambda records: np.median(records[name].astype(float)))
        if name == DEVIATION:
            return self._by_epoch(lambda records: np.std(records["loss"].astype(float)))
        if name in ACTIVATION:
            return self._observed("activations", ACTIVATION[name], figure.key)
        if name in OBSERVED:
            return self._observed(OBSERVED[name], name)
        if name == "train_loss":
            return self._of_epochs(lambda it: it.train_loss)
        if name == "validation_loss":
            return self._of_epochs(lambda it: it.validation_loss)
        if name == TRAIN + experiment.metric:
            return self._of_epochs(lambda it: it.train_accuracy)
        if name.startswith(VALIDATION):
            metric = name.removeprefix(VALIDATION)
            return self._of_epochs(
                lambda it: self._metric(metric, it.metrics, it.validation_accuracy)
            )
        return None

    def _of_epochs(self, value: Callable[[EpochEnded], float | None]) -> Series:
        found = [(it.epoch, value(it)) for it in self._state.epochs]
        return [(epoch, nan if it is None else it) for epoch, it in found]

    def _metric(self, metric: str, metrics: Metrics, shown: float | None) -> float | None:
        """A metric's number; `shown` is that of the metric beside the loss."""
        if metric in metrics:
            found = metrics[metric]
            return found if isinstance(found, float | int) else None
        return shown if metric == self._run.experiment.metric else None

    @cached_property
    def _records(self) -> Records:
        started: Started | None = self._state.last(Started)
        if started is None:
            raise MissingError(self._why("steps"))
        return read_steps(self._run.steps, started.step_fields)

    def _by_epoch(self, value: Callable[[Records], np.floating]) -> Series:
        """A number of the steps of each epoch."""
        epochs, first = np.unique(self._records["epoch"], return_index=True)
        parts = np.split(self._records, first[1:])
        return [(int(epoch), float(value(it))) for epoch, it in zip(epochs, parts, strict=True)]

    def _by_layer(self, field: str, layer: str) -> Series:
        """The median of a layer's figure over the steps of each epoch."""
        started: Started | None = self._state.last(Started)
        if started is None or field not in (self._records.dtype.names or ()):
            raise MissingError(self._why(field))
        index = started.layers.index(layer)
        return self._by_epoch(lambda records: np.median(records[field][:, index].astype(float)))

    def _observed(self, kind: str, array: str, layer: str = "") -> Series:
        """A number at each epoch that has an artifact of `kind`: a layer's, or the only one."""
        series: Series = []
        for step in artifacts.steps(self._run, kind):
            try:
                artifact = artifacts.read(self._run, kind, step)
                values: npt.NDArray[np.float32] = np.frombuffer(artifact.arrays[array].data, "<f4")
                value = float(values[artifact.labels["layers"].index(layer) if layer else 0])
            except (UserError, KeyError, IndexError, ValueError) as error:
                of = f" of {layer}" if layer else ""
                raise MissingError(f"the {kind}{of} cannot be read") from error
            series.append((artifact.epoch, value))
        return series

    def _single(self, figure: Figure) -> float:
        """A figure that is one number a run."""
        name, state = figure.name, self._state
        value: float | None = None
        if name == "diagnosed":
            return float(any(it.kind == figure.key for it in state.diagnoses))
        if name == "baseline":
            value = state.comparison.value(figure.key) if state.comparison else None
        elif name in SHAPE:
            value = self._of_shape(name, figure.key)
        elif name == "flops":
            value = self._run.experiment.flops
        elif name == "parameters":
            started: Started | None = state.last(Started)
            value = started.parameters if started else None
        elif name in ("epochs", "best_epoch", "steps"):
            field = {"epochs": "epoch", "steps": "step"}.get(name, name)
            value = getattr(state.epochs[-1], field) if state.epochs else None
        else:
            value = self._final(name)
        if value is None:
            raise MissingError(self._why(name))
        return float(value)

    def _of_shape(self, name: str, layer: str) -> float:
        """The last side of a layer's output for one sample, or how many numbers it has."""
        (output,) = (it.output for it in self._run.experiment.nodes if it.name == layer)
        return output.shape[-1] if name == "output_side" else output.size

    def _final(self, name: str) -> float | None:
        """Loss or metric of the final weights on a split."""
        prefix = next(it for it in FINAL if name.startswith(it))
        evaluated, metric = self._state.evaluated(FINAL[prefix]), name.removeprefix(prefix)
        if evaluated is None:
            return None
        if metric == "loss":
            return evaluated.loss
        return self._metric(metric, evaluated.metrics, evaluated.accuracy)


def _selected(series: Series, figure: Figure) -> float:
    """The number of a series that the figure's selector means."""
    values = [value for _, value in series]
    match figure.selector:
        case "first":
            return values[0]
        case "min" | "max":
            return float({"min": np.min, "max": np.max}[figure.selector](values))
        case "mean":
            return float(np.mean(values))
        case "at":
            if figure.number > series[-1][0] and figure.name not in (*ACTIVATION, *OBSERVED):
                raise MissingError(f"the run ended after epoch {series[-1][0]}")
            return [value for epoch, value in series if epoch <= figure.number][-1]
        case "reaches":
            return _reached(series, figure)
        case _:
            return values[-1]


def _reached(series: Series, figure: Figure) -> float:
    """The first epoch with the number of `figure` or a better one; infinite where there is none.

    Better is lower for a loss and for metrics such as rmse, else higher.
    """
    metric = figure.name.removeprefix(VALIDATION)
    lower = figure.name.endswith("_loss") or (metric in METRICS and METRICS[metric].lower_is_better)
    sign = -1 if lower else 1
    there = (epoch for epoch, value in series if sign * value >= sign * figure.number)
    return next(there, inf)
