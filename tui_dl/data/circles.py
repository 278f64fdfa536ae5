"""Generated circles around each other."""

from __future__ import annotations

import numpy as np

from tui_dl.data import points
from tui_dl.data.dataset import Samples
from tui_dl.spec.data.circles import Circles
from tui_dl.support.rng import stream


def load(source: Circles, seed: int) -> Samples:
    """Ring k of n has radius (k + 1) / n and class k modulo 2; points are evenly spaced on it.

    Every ring has equally many points.
    """
    rings = points.shares(source.samples, source.rings)
    angle = 2 * np.pi * points.along(rings)
    unit = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    exact = (rings[:, None] + 1) / source.rings * unit
    return points.samples(source, exact, rings % 2, stream(seed, "circles"))
