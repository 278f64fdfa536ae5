"""What a run recorded, as curves up to any step: for charts, for comparing runs, for export."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any

import numpy as np

from tui_dl.protocol.events import EpochEnded, Started
from tui_dl.runs.folder import Run
from tui_dl.runs.growing import Growing
from tui_dl.runs.moving_mean import MovingMean, Values
from tui_dl.runs.pyramid import Pyramid, Series
from tui_dl.runs.reduce import Places, block_size, reduced
from tui_dl.runs.step_log import Records, read_steps
from tui_dl.runs.view import Curves, Points

CHUNK = 1 << 17  # steps that are read at once
STEP_FIELDS = ("loss", "metric")  # of a step's record


class RunSeries:
    """The series of one run: of each step raw and smoothed, of each epoch as they are.

    They are read once and kept reduced. A curve up to a step depends on nothing after it.

    Attributes:
        read: how many steps were read.
    """

    def __init__(self, run: Run, started: Started, metric: str, second: str | None) -> None:
        self._path = run.steps
        self._started = started
        self._steps = {field: StepSeries(field, started.steps_per_epoch) for field in STEP_FIELDS}
        self._epochs = EpochSeries(metric, second)
        self.read = 0

    def records(self) -> Records:
        """All steps, in a map of their own: what was read by it leaves memory together with it."""
        return read_steps(self._path, self._started.step_fields)

    def read_on(self, end: int, seconds: float) -> None:
        """Read steps up to `end`: all, or as many as there is time for."""
        began = monotonic()
        while self.read < end:
            new = self.records()[self.read : min(end, self.read + CHUNK)]
            for series in self._steps.values():
                series.extend(new)
            self.read += len(new)
            if not len(new) or monotonic() - began > seconds:
                break

    def curves(self, step: int, epochs: Sequence[EpochEnded], limit: float, columns: int) -> Curves:
        """Curves of the first `step` steps and of `epochs`, for charts that are `columns` wide.

        Args:
            step: those that are not read yet are left out.
            epochs: the first ones of the run, as many as the curves have.
            limit: epochs on the charts' horizontal axis.
            columns: cells of that axis.
        """
        self._epochs.read_on(epochs)
        loss, metric, second = self._epochs.lines(len(epochs), block_size(limit / columns))
        per_epoch = self._started.steps_per_epoch
        size = block_size(limit * per_epoch / columns)
        records = self.records()
        lines = [
            _points(*line, per_epoch)
            for series in self._steps.values()
            for line in series.lines(records, min(step, self.read, len(records)), size)
        ]
        return Curves(limit, lines[0], lines[1], loss, lines[2], lines[3], metric, second)


class StepSeries:
    """One number of every step, and its mean over the steps of an epoch."""

    def __init__(self, field: str, window: int) -> None:
        self._field = field
        self._window = window
        self._mean = MovingMean(window)
        self._raw, self._smooth = Pyramid(), Pyramid()

    def extend(self, records: Records) -> None:
        """Add steps."""
        values, weights = self._columns(records)
        self._raw.extend(values)
        self._smooth.extend(self._mean.extend(values, weights))

    def lines(self, records: Records, end: int, size: int) -> list[tuple[Places, Series]]:
        """The raw and the smoothed line of the first `end` steps, two points a block of `size`."""

        def raw(first: int, end: int) -> Series:
            return self._columns(records[first:end])[0].astype(np.float32)

        def smooth(first: int, end: int) -> Series:
            window = self._mean.window
            begin = max(first // window - 1, 0) * window
            means = MovingMean(window).extend(*self._columns(records[begin:end]))
            with np.errstate(over="ignore"):
                return means[first - begin :].astype(np.float32)

        return [self._raw.line(end, size, raw), self._smooth.line(end, size, smooth)]

    def _columns(self, records: Records) -> tuple[Values, Values]:
        """The values of steps, and how much each counts in the mean."""
        weights = np.maximum(records["samples"], 1).astype(np.float64)
        return np.asarray(records[self._field], np.float64), weights


class EpochSeries:
    """Validation loss and up to two metrics of every epoch."""

    def __init__(self, metric: str, second: str | None) -> None:
        self._metric, self._second = metric, second or ""
        self._x = Growing(np.float64)
        self._lines = [Growing(np.float64) for _ in range(3)]

    def read_on(self, epochs: Sequence[EpochEnded]) -> None:
        """Read those of the run's first `epochs` that are new."""
        new = epochs[len(self._x) :]
        self._x.extend([epoch.epoch for epoch in new])
        values: list[list[Any]] = [
            [epoch.validation_loss for epoch in new],
            [epoch.metrics.get(self._metric, epoch.validation_accuracy) for epoch in new],
            [epoch.metrics.get(self._second) for epoch in new],
        ]
        for line, column in zip(self._lines, values, strict=True):
            line.extend([it if isinstance(it, float) else np.nan for it in column])

    def lines(self, count: int, size: int) -> list[Points]:
        """Loss, metric and second metric of the first `count` epochs, two a block of `size`."""
        x, places = self._x.values[:count], np.arange(count)
        lines = [reduced(places, line.values[:count], size) for line in self._lines]
        return [(x[chosen].tolist(), values.tolist()) for chosen, values in lines]


def _points(places: Places, values: Series, per_epoch: int) -> Points:
    """Steps as points on an axis of epochs."""
    return ((places + 1) / per_epoch).tolist(), values.astype(np.float64).tolist()
