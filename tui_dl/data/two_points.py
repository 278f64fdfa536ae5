"""Two generated points, one of each class."""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.spec.data.two_points import TwoPoints
from tui_dl.support.rng import stream

FAR = 1.5  # from (0, 0)


def load(source: TwoPoints, seed: int) -> Dataset:
    """A point at a distance of `FAR` in any direction, and one opposite; all splits have both."""
    angle = stream(seed, "two_points").uniform(0, 2 * np.pi)
    point = FAR * np.array([np.cos(angle), np.sin(angle)])
    points = np.stack([point, -point]).astype(np.float32)
    both = Samples(points, np.arange(2, dtype=np.int32))
    return Dataset(both, both, both)
