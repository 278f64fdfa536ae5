"""What every loss offers: one number to make small, and its gradient for the network's output."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.jit import Array, Ints
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Call, zeros


class Loss:
    """A loss over outputs of (shards, ..., LANES).

    Attributes:
        y, dy: the network's output and the gradient the loss makes for it.
        targets: what was wanted, in lanes as `y` is.
        weights: (shards, places, LANES) of every place in the mean; 0 where nothing is wanted.
        losses: (shards, places) sums over lanes of weight * loss.
        hits: (shards, places) how many were right, where that means something.
    """

    def __init__(self, fields: Any, y: Array, dy: Array, places: int = 1) -> None:
        """`fields` are the loss's in TOML; a sample has `places` losses, which are averaged."""
        self.fields, self.y, self.dy = fields, y, dy
        self.targets: Any
        self.weights = zeros(len(y), places, LANES)
        self.losses = zeros(len(y), places)
        self.hits: Ints = zeros(len(y), places, dtype=np.int64)
        self.count = 0.0  # of places that count, in the samples taken last

    def take(self, targets: Any) -> None:
        """The targets (samples, ...) of the next mini-batch; the other lanes count for nothing."""
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
