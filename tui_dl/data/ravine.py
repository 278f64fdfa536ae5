"""Generated pairs of numbers of different size, and 3 times the sum of each pair."""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.data.ravine import Ravine
from tui_dl.support.rng import stream

WEIGHT = 3.0  # of both numbers


def load(source: Ravine, seed: int) -> Samples:
    """Independent normal numbers, the second one with a variance of 1 / steepness."""
    scales = np.array([1, source.steepness**-0.5])
    pairs = stream(seed, "ravine").normal(size=(source.samples, 2)) * scales
    targets = WEIGHT * pairs.sum(axis=1, keepdims=True)
    return Samples(pairs.astype(np.float32), targets.astype(np.float32))
