"""A look at what activations do with the same few samples, ever more rarely as a run grows old."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.network import Network
from tui_dl.engine.step import Stepper
from tui_dl.events import Activation
from tui_dl.kernels.lanes import LANES
from tui_dl.layers import Relu, Sigmoid, Tanh
from tui_dl.layout import Row

SHARDS = 4
LATER = 1.5  # the next look is when so many times as many steps were made: 18 looks in 100,000
STEEP = 0.1  # of the steepest slope there is: where it is less, an output is saturated


class Probe:
    """Watches the layers of `rows` that are relu, sigmoid or tanh."""

    def __init__(self, stepper: Stepper, rows: list[Row], validation: Samples) -> None:
        self._stepper = stepper
        shards = min(SHARDS, len(validation) // LANES)  # full ones: an empty lane shows nothing
        self._samples = validation.take(np.arange(shards * LANES))
        network: Network = stepper.network
        self._watched = [
            (row, layer.y[:shards])
            for row, layer in zip(rows, network.layers, strict=True)
            if isinstance(row.layer, Relu | Sigmoid | Tanh) and shards
        ]

    def is_due(self, step: int, last: int) -> bool:
        """Whether there is something to see, and the last look was long enough ago."""
        return bool(self._watched) and step >= last * LATER

    def look(self) -> dict[str, Activation]:
        """What every activation makes of the samples, with the present weights."""
        self._stepper.evaluate(self._samples)
        return {row.name: activation(row, y) for row, y in self._watched}


def activation(row: Row, y: Any) -> Activation:
    """The outputs `y` (shards, shape of a sample, LANES) of an activation in a few numbers."""
    idle = saturated = None
    if isinstance(row.layer, Relu):
        idle = float(np.mean(_units(y).max(axis=1) <= 0))
    else:
        slope = 4 * y * (1 - y) if isinstance(row.layer, Sigmoid) else 1 - y * y
        saturated = float(np.mean(slope < STEEP))
    return Activation(float(y.mean()), float(y.std()), idle, saturated)


def _units(y: Any) -> Any:
    """(units, all their outputs): of an image a unit is a channel, of a sequence a feature."""
    axis = y.ndim - 2 if y.ndim == 4 else 1
    return np.moveaxis(y, axis, 0).reshape(y.shape[axis], -1)
