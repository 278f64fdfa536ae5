"""A look at what activations do with a few samples, ever more rarely as a run grows old."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.engine.graph.network import Network
from tui_dl.kernels.core.lanes import LANES
from tui_dl.protocol.events import Activation
from tui_dl.spec.layers import Relu, Sigmoid, Tanh
from tui_dl.spec.shape_inference import LayerNode

BLOCKS = 4
LATER = 2  # the next look is when so many times as many steps were made: 20 in a million
STEEP = 0.1  # of the steepest slope there is: where it is less, an output is saturated


class Probe:
    """Watches the layers of `rows` that are relu, sigmoid or tanh.

    An evaluation of so many `samples` leaves the last ones' outputs in the network, so that a look
    costs no pass of its own.
    """

    def __init__(self, network: Network, rows: list[LayerNode], samples: int) -> None:
        blocks = full(samples, network.blocks)
        self._watched = [
            (row, layer.y[blocks])
            for row, layer in zip(rows, network.layers, strict=True)
            if isinstance(row.layer, Relu | Sigmoid | Tanh) and len(layer.y[blocks])
        ]

    def is_due(self, step: int, last: int) -> bool:
        """Whether there is something to see, and the last look was long enough ago."""
        return bool(self._watched) and step >= last * LATER

    def look(self) -> dict[str, Activation]:
        """What every activation made of samples in the evaluation just done."""
        return {row.name: activation(row, y) for row, y in self._watched}


def full(samples: int, blocks: int) -> slice:
    """Which of `blocks` have a sample in every lane once so many `samples` went through them."""
    if samples < blocks * LANES:
        return slice(min(samples // LANES, BLOCKS))
    filled, partly = divmod(samples % (blocks * LANES), LANES)  # by the last ones
    if not partly or filled >= blocks // 2:
        return slice(min(filled if partly else blocks, BLOCKS))
    return slice(filled + 1, min(filled + 1 + BLOCKS, blocks))  # those of the pass before


def activation(row: LayerNode, y: Any) -> Activation:
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
