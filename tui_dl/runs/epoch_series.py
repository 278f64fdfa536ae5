"""Losses and metrics of every epoch, as curves of any part of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.protocol.events import EpochEnded
from tui_dl.runs.growing import Growing
from tui_dl.runs.reduce import reduced
from tui_dl.runs.view import Points


class EpochSeries:
    """Validation loss, up to two metrics, training loss and accuracy of every epoch."""

    def __init__(self, metric: str, second: str | None) -> None:
        self._metric, self._second = metric, second or ""
        self._x = Growing(np.float64)
        self._lines = [Growing(np.float64) for _ in range(5)]

    def read_on(self, epochs: Sequence[EpochEnded]) -> None:
        """Read those of the run's first `epochs` that are new."""
        new = epochs[len(self._x) :]
        self._x.extend([it.epoch for it in new])
        loss, metric, second, train_loss, train_metric = self._lines
        loss.extend(_numbers([it.validation_loss for it in new]))
        metric.extend(
            _numbers([it.metrics.get(self._metric, it.validation_accuracy) for it in new])
        )
        named = [it.metrics.get(self._second) for it in new] if self._second else [None] * len(new)
        second.extend(_numbers(named))
        train_loss.extend(_numbers([it.train_loss for it in new]))
        trained = self._metric == "accuracy"  # of others events have no figure of training
        train_metric.extend(_numbers([it.train_accuracy if trained else None for it in new]))

    def lines(self, count: int, size: int, window: tuple[float, float]) -> list[Points]:
        """All five of the first `count` epochs, two a block of `size`.

        Those in a window of epochs, and the blocks beside it.
        """
        x = self._x.values[:count]
        first, end = np.searchsorted(x, window, "left")
        part = slice(max(first // size - 1, 0) * size, min((end // size + 2) * size, count))
        places = np.arange(part.start, part.stop)
        lines = [reduced(places, line.values[part], size) for line in self._lines]
        return [(x[chosen].tolist(), values.tolist()) for chosen, values in lines]

    def at(self, count: int, progress: float) -> tuple[int, list[float | None]]:
        """The newest of the first `count` epochs that had ended after `progress` epochs.

        Returns:
            Its number, 0 where there was none, and its loss, metric and second metric.
        """
        place = int(np.searchsorted(self._x.values[:count], progress, "right")) - 1
        if place < 0:
            return 0, [None] * 3
        values = [float(line.values[place]) for line in self._lines[:3]]
        return int(self._x.values[place]), [None if np.isnan(it) else it for it in values]


def _numbers(metrics: list[Any]) -> npt.NDArray[np.float64]:
    """A metric of some epochs; NaN where it is missing or no number."""
    if not {*map(type, metrics)} <= {float, type(None)}:
        metrics = [it if isinstance(it, float) else None for it in metrics]
    return np.array(metrics, np.float64)  # None is NaN
