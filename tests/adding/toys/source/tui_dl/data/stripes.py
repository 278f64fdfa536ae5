"""Generated images of stripes; the class is their direction."""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.data.stripes import Stripes
from tui_dl.support.rng import stream


def load(source: Stripes, seed: int) -> Samples:
    """Sine waves down or across, of a random phase, and normal noise of deviation 0.3."""
    random = stream(seed, "stripes")
    labels = random.integers(2, size=source.samples, dtype=np.int32)
    phases = random.uniform(0, 2 * np.pi, source.samples)
    rows, columns = np.indices((source.side, source.side))
    place = np.where(labels[:, None, None] == 0, rows, columns)
    images = np.sin(2 * np.pi * place / 4 + phases[:, None, None])
    images += random.normal(0, 0.3, images.shape)
    return Samples(images.reshape(source.samples, -1).astype(np.float32), labels)
