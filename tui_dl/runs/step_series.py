"""One number of every step, raw and smoothed, as curves of any part of a run."""

from __future__ import annotations

import numpy as np

from tui_dl.runs.moving_mean import MovingMean, Values
from tui_dl.runs.pyramid import BASE, KEPT, Pyramid, Series
from tui_dl.runs.reduce import Places, reduced
from tui_dl.runs.step_log import Records


class StepSeries:
    """One number of every step, and its mean over the last steps.

    Attributes:
        window: how many steps means are taken over.
    """

    def __init__(self, field: str, window: int) -> None:
        self._field = field
        self._mean = MovingMean(window)
        self.window = self._mean.window
        self._raw, self._smooth = Pyramid(), Pyramid()

    def extend(self, records: Records) -> None:
        """Add steps."""
        values, weights = self._columns(records)
        self._raw.extend(values)
        self._smooth.extend(self._mean.extend(values, weights))

    def lines(
        self, records: Records, end: int, size: int, part: slice
    ) -> list[tuple[Places, Series]]:
        """The raw and the smoothed line, two points a block of `size`, in a part of the run.

        Args:
            records: of the run.
            end: how many steps there are; nothing depends on those after them.
            size: steps of a block, a power of two.
            part: the steps that are shown; points of the blocks beside them come too.
        """
        first = max(part.start // size - 1, 0) * size
        last = min((part.stop // size + 2) * size, end)

        def raw(first: int, end: int) -> Series:
            return self._columns(records[first:end])[0].astype(np.float32)

        def smooth(first: int, end: int) -> Series:
            return self._means(records, first, end, self.window)

        if size < BASE and end > KEPT:  # finer than the pyramid is there: few enough to be read
            places = np.arange(first, last)
            return [reduced(places, read(first, last), size) for read in (raw, smooth)]
        lines = self._raw.line(end, size, raw), self._smooth.line(end, size, smooth)
        return [_between(*line, first, last) for line in lines]

    def at(self, records: Records, step: int) -> float:
        """The number of a step, from 1."""
        return float(records[self._field][step - 1])

    def mean_at(self, records: Records, step: int, window: int | None = None) -> float:
        """The mean of the last `window` steps up to a step, from 1; of the curve's own if None."""
        return float(self._means(records, step - 1, step, window or self.window)[0])

    def _means(self, records: Records, first: int, end: int, window: int) -> Series:
        """The means after the steps from place `first` to `end`, read from the records."""
        mean = MovingMean(window)
        begin = max(first // mean.window - 1, 0) * mean.window
        means = mean.extend(*self._columns(records[begin:end]))
        with np.errstate(over="ignore"):
            return means[first - begin :].astype(np.float32)

    def _columns(self, records: Records) -> tuple[Values, Values]:
        """The values of steps, and how much each counts in the mean."""
        weights = np.maximum(records["samples"], 1).astype(np.float64)
        return np.asarray(records[self._field], np.float64), weights


def _between(places: Places, values: Series, first: int, end: int) -> tuple[Places, Series]:
    """The points from place `first` to `end`."""
    shown = slice(*np.searchsorted(places, (first, end)))
    return places[shown], values[shown]
