"""Augmentation: random changes of training images, different in every epoch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_dl.kernels.core.jit import Ints
from tui_dl.spec.data.base import Augmentation, Shift
from tui_dl.support.rng import stream


def augmentations(augment: Sequence[Augmentation], count: int, seed: int, epoch: int) -> Ints:
    """(count, 3) of each sample in this epoch: pixels down and right, and 1 where it is mirrored.

    An image is mirrored first and then moved.
    """
    drawn = np.zeros((count, 3), np.int64)
    for index, change in enumerate(augment):
        if isinstance(change, Shift):
            random = stream(seed, f"shift {index}", epoch)
            drawn[:, :2] += random.integers(
                -change.pixels, change.pixels, (count, 2), endpoint=True
            )
        else:
            drawn[:, 2] ^= stream(seed, f"flip {index}", epoch).integers(0, 2, count)
    return drawn
