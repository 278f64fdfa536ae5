"""Generated points in three groups around centres that are found by search.

The first group pulls the first weight far to the right, the second one holds the second weight.
The third one is matched on the left of a line over both weights, and hardly costs more the further
right of it they are: a rise on the way, and behind it a plain.
"""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.data.local_minimum import LocalMinimum
from tui_dl.support.rng import stream

CENTRES = np.array([[0.31, 0.0], [0.0, 0.54], [7.6, -7.34]])
TARGETS = np.array([0.93, 0.52, -0.7])
PULLING = 0.22  # share of the first group
NOISE = 0.03  # deviation of a point's distance from the origin, as a share of it


def load(source: LocalMinimum, seed: int) -> Samples:
    """Points, and the target of the group of each."""
    random = stream(seed, "local_minimum")
    rare = round(source.samples * source.rare)
    pulling = round(source.samples * PULLING)
    counts = [pulling, source.samples - pulling - rare, rare]
    group = random.permutation(np.repeat(np.arange(3), counts))
    points = CENTRES[group] * random.normal(1, NOISE, (source.samples, 1))
    return Samples(points.astype(np.float32), TARGETS[group, None].astype(np.float32))
