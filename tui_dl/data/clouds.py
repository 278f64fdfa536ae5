"""Generated clouds of points around centres."""

from __future__ import annotations

import numpy as np

from tui_dl.data import points
from tui_dl.data.dataset import Samples
from tui_dl.spec.data.clouds import Clouds
from tui_dl.support.rng import stream


def load(source: Clouds, seed: int) -> Samples:
    """Equally many points for each center, normally distributed around it."""
    labels = points.shares(source.samples, source.classes)
    return points.samples(source, np.array(source.centers)[labels], labels, stream(seed, "clouds"))
