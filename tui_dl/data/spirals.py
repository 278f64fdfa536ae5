"""Generated spirals that wind around each other."""

from __future__ import annotations

import numpy as np

from tui_dl.data import points
from tui_dl.data.dataset import Samples
from tui_dl.spec.data.spirals import Spirals
from tui_dl.support.rng import stream


def load(source: Spirals, seed: int) -> Samples:
    """Arm k has the points r (cos a, sin a), a = 2 pi (turns r + k / arms), r from 0 to 1.

    r is the root of evenly spaced numbers, so that points are about equally dense along an arm.
    """
    labels = points.shares(source.samples, source.arms)
    radius = np.sqrt(points.along(labels))
    angle = 2 * np.pi * (source.turns * radius + labels / source.arms)
    exact = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points.samples(source, exact, labels, stream(seed, "spirals"))
