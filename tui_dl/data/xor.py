"""Generated points of the four quadrants, whose class is an exclusive or."""

from __future__ import annotations

import numpy as np

from tui_dl.data import points
from tui_dl.data.dataset import Samples
from tui_dl.spec.data.xor import Xor
from tui_dl.support.rng import stream

CORNERS = np.array([(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)])


def load(source: Xor, seed: int) -> Samples:
    """Equally many points around each corner; corners next to each other have different classes."""
    corners = points.shares(source.samples, len(CORNERS))
    return points.samples(source, CORNERS[corners], corners % 2, stream(seed, "xor"))
