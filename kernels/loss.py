"""What every loss offers: one number to make small, and its gradient for the network's output."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from tui_dl.kernels.jit import Array, Ints
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, zeros


class Loss:
    """A loss over outputs of (shards, ..., LANES), the mean over all places where one is wanted.

    A place is what one class is told of, by as many outputs as there are classes, or, where
    targets are real numbers, each output.

    Attributes:
        y, dy: the network's output and the gradient the loss makes for it.
        targets: what was wanted, in lanes as `y` is.
        losses: (shards, n) sums of weight * loss.
        hits: (shards, places) in how many lanes the output is right.
        mass: of the samples taken last, the weights that their losses' mean is over.
        count: of these samples, how many places are right or wrong; 0 where nothing is.
    """

    def __init__(self, fields: Any, y: Array, dy: Array, classes: int) -> None:
        """`fields` are the loss's in TOML; `classes` those of the targets, 0 for real numbers."""
        self.fields, self.y, self.dy, self.classes = fields, y, dy, classes
        self.width = y.shape[-2] if classes else 1  # outputs of a place
        self.places = prod(y.shape[1:-1]) // self.width
        self.targets: Any
        self.losses: Array
        self.hits: Ints = zeros(len(y), self.places, dtype=np.int64)
        self.mass, self.count = 0.0, 0

    def take(self, targets: Any) -> None:
        """The targets (samples, ...) of the next mini-batch; the other lanes count for nothing.

        Targets are int32 classes, negative where nothing is wanted, or float32 numbers.
        """
        raise NotImplementedError

    def want_inputs(self, inputs: Array) -> None:
        """From now on the targets are `inputs`, in lanes already, of as many numbers as `y`."""
        raise NotImplementedError

    def calls(self, shards: slice) -> list[Call]:
        """Make losses, hits and dy of these shards."""
        raise NotImplementedError

    def mean(self, shards: int) -> float:
        """The loss of the first `shards` shards."""
        return float(self.losses[:shards].sum(dtype=np.float64))


def into_lanes(lanes: Any, samples: Any, rest: float = 0) -> None:
    """Write (samples, ...) into the first lanes of (shards, ..., LANES), and `rest` into others."""
    by_sample = np.moveaxis(lanes, -1, 1)  # (shards, LANES, ...)
    full, left = divmod(len(samples), LANES)
    by_sample[:full] = samples[: full * LANES].reshape(full, LANES, *samples.shape[1:])
    by_sample[full:] = rest
    if left:
        by_sample[full, :left] = samples[full * LANES :]


def out_of_lanes(lanes: Any, count: int) -> Any:
    """The first `count` samples (count, ...) of (shards, ..., LANES), copied."""
    by_sample = np.moveaxis(lanes[: -(-count // LANES)], -1, 1)
    return by_sample.reshape(-1, *lanes.shape[1:-1])[:count].copy()
