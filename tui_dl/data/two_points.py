"""Two generated points, one of each class."""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.spec.data.two_points import TwoPoints
from tui_dl.support.rng import stream


def load(source: TwoPoints, seed: int) -> Dataset:
    """A point from a normal distribution, and one opposite to it; all splits are these two."""
    point = stream(seed, "two_points").normal(size=2)
    points = np.stack([point, -point]).astype(np.float32)
    both = Samples(points, np.arange(2, dtype=np.int32))
    return Dataset(both, both, both)
