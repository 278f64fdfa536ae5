"""Generated points on two interleaving half circles, scikit-learn's make_moons."""

from __future__ import annotations

import numpy as np

from tui_dl.data import points
from tui_dl.data.dataset import Samples
from tui_dl.spec.data.moons import Moons
from tui_dl.support.rng import stream


def load(source: Moons, seed: int) -> Samples:
    """Points (x, y), spaced evenly on each half circle of radius 1, plus normal noise.

    The upper one is centred on (0, 0), the lower one on (1, 0.5). They are in random order.
    """
    upper = source.samples // 2
    lower = source.samples - upper
    above, below = np.linspace(0, np.pi, upper), np.linspace(0, np.pi, lower)
    circles = [np.cos(above), np.sin(above)], [1 - np.cos(below), 0.5 - np.sin(below)]
    exact = np.concatenate(circles, axis=1).T
    labels = np.repeat(np.arange(2), [upper, lower])
    return points.samples(source, exact, labels, stream(seed, "moons"))
