"""What a run recorded, as curves up to any step: for charts, for comparing runs, for export."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from math import ceil, floor, isfinite
from time import monotonic
from typing import BinaryIO

import numpy as np

from tui_dl.protocol.events import EpochEnded, Started
from tui_dl.runs.curve_request import WHOLE, CurveRequest, mean_of
from tui_dl.runs.epoch_series import EpochSeries
from tui_dl.runs.folder import Run
from tui_dl.runs.pyramid import Series
from tui_dl.runs.reduce import Places, block_size, distinct
from tui_dl.runs.step_log import Records, map_steps, open_steps, record_type
from tui_dl.runs.step_series import StepSeries
from tui_dl.runs.training_time import Seconds, Steps, TrainingTime
from tui_dl.runs.view import NO_POINTS, AtCursor, Curves, Points

CHUNK = 1 << 16  # steps that are read at once
SAMPLES = 2  # a column, of what changes slowly: time and learning rate


class RunSeries:
    """The series of one run: of each step raw and smoothed, of each epoch as they are.

    They are read once and kept reduced. A curve up to a step depends on nothing after it.

    Attributes:
        smoothing: epochs over whose steps means are taken.
        read: how many steps were read.
    """

    def __init__(
        self,
        run: Run,
        started: Started,
        metric: str,
        second: str | None,
        smoothing: float = WHOLE.smoothing,
    ) -> None:
        self._path = run.steps
        self._file: BinaryIO | None = None
        self._started = started
        self._has_return = metric == "return"
        self.smoothing = smoothing
        window = mean_of(smoothing, started.steps_per_epoch)
        self._loss, self._metric = StepSeries("loss", window), StepSeries("metric", window)
        self._time = TrainingTime()
        self._epochs = EpochSeries(metric, second)
        self.read = 0

    def records(self) -> Records:
        """All steps, in a map of their own: what was read by it leaves memory together with it."""
        return self._map(scattered=True)

    def _map(self, scattered: bool) -> Records:
        """All steps; those of a file that was deleted stay as long as this does."""
        with suppress(OSError):
            self._file = open_steps(self._path)
        fields = self._started.step_fields
        if self._file is None:
            return np.empty(0, record_type(fields))
        return map_steps(self._file, fields, scattered)

    def read_on(self, end: int, seconds: float) -> None:
        """Read steps up to `end`: all, or as many as there is time for."""
        began = monotonic()
        while self.read < end:
            records = self._map(scattered=False)
            new = records[self.read : min(end, self.read + CHUNK)]
            self._loss.extend(new)
            self._metric.extend(new)
            self._time.extend(_seconds(new))
            self.read += len(new)
            if not len(new) or monotonic() - began > seconds:
                break

    def curves(
        self,
        step: int,
        epochs: Sequence[EpochEnded],
        limit: float,
        columns: int,
        request: CurveRequest = WHOLE,
    ) -> Curves:
        """Curves of the first `step` steps and of `epochs`, for charts that are `columns` wide.

        Args:
            step: those that are not read yet are left out.
            epochs: the first ones of the run, as many as the curves have.
            limit: epochs on the charts' horizontal axis.
            columns: cells of that axis.
            request: which part of the run is shown, and the cursor.
        """
        self._epochs.read_on(epochs)
        per_epoch, records = self._started.steps_per_epoch, self.records()
        end = min(step, self.read, len(records))
        first, last = request.window or (0.0, limit)
        column = (last - first) / columns  # epochs
        part = slice(
            min(max(floor(first * per_epoch), 0), end), min(max(ceil(last * per_epoch), 0), end)
        )
        lines = [
            _points(*line, per_epoch)
            for series in (self._loss, self._metric)
            for line in series.lines(records, end, block_size(column * per_epoch), part)
        ]
        of_epochs = self._epochs.lines(len(epochs), block_size(column), (first, last))
        samples = distinct(np.linspace(part.start, part.stop, SAMPLES * columns).astype(np.intp))
        if epochs and not len(records):  # they are lost: what events say of training is left
            lines = [of_epochs[3], NO_POINTS, of_epochs[4], NO_POINTS]
        return Curves(
            limit,
            loss=lines[0],
            smooth_loss=lines[1],
            validation_loss=of_epochs[0],
            metric=lines[2],
            smooth_metric=lines[3],
            validation_metric=of_epochs[1],
            second_metric=of_epochs[2],
            mean_of=self._loss.window if len(records) else 1,
            seconds=((samples / per_epoch).tolist(), self._times(records, samples, end).tolist()),
            learning_rate=self._rates(records, samples, end),
            train_return=self._return(records, end),
            cursor=self._at(records, request.cursor, end, len(epochs)),
        )

    def _times(self, records: Records, steps: Steps, end: int) -> Seconds:
        """Seconds of training after each of `steps`, of which none is after `end`."""
        return self._time.at(steps, end, lambda first, last: _seconds(records[first:last]))

    def _rates(self, records: Records, steps: Steps, end: int) -> Points:
        """Learning rates of some of `steps`, and of steps all over the run up to `end`."""
        if not end:
            return [], []
        everywhere = np.linspace(1, end, len(steps)).astype(np.intp)
        chosen = distinct(np.append(steps[steps > 0], everywhere))
        rates = records["learning_rate"][chosen - 1].astype(np.float64)
        return (chosen / self._started.steps_per_epoch).tolist(), rates.tolist()

    def _return(self, records: Records, end: int) -> float | None:
        """The mean return of the last epoch's episodes, which no event has."""
        if not self._has_return or not end:
            return None
        mean = self._metric.mean_at(records, end, self._started.steps_per_epoch)
        return mean if isfinite(mean) else None

    def _at(self, records: Records, step: int | None, end: int, epochs: int) -> AtCursor | None:
        """The numbers of one step; None where it is not among the first `end`."""
        if step is None or not 1 <= step <= end:
            return None
        epoch, of_epoch = self._epochs.at(epochs, step / self._started.steps_per_epoch)
        return AtCursor(
            step,
            loss=self._loss.at(records, step),
            smooth_loss=self._loss.mean_at(records, step),
            metric=self._metric.at(records, step),
            smooth_metric=self._metric.mean_at(records, step),
            epoch=epoch,
            validation_loss=of_epoch[0],
            validation_metric=of_epoch[1],
            second_metric=of_epoch[2],
            learning_rate=float(records["learning_rate"][step - 1]),
            seconds=float(self._times(records, np.array([step]), end)[0]),
        )


def _seconds(records: Records) -> Seconds:
    """How long steps took."""
    return np.asarray(records["seconds"], np.float64)


def _points(places: Places, values: Series, per_epoch: int) -> Points:
    """Steps as points on an axis of epochs."""
    return ((places + 1) / per_epoch).tolist(), values.astype(np.float64).tolist()
