"""Augmentation: random shifts of training images, different in every epoch."""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Ints
from tui_dl.spec.data.base import Shift
from tui_dl.support.rng import stream


def shifts(augment: list[Shift], count: int, seed: int, epoch: int) -> Ints:
    """(count, 2) pixels by which each sample is moved down and right in this epoch."""
    total = np.zeros((count, 2), np.int64)
    for index, shift in enumerate(augment):
        random = stream(seed, f"shift {index}", epoch)
        total += random.integers(-shift.pixels, shift.pixels, (count, 2), endpoint=True)
    return total
