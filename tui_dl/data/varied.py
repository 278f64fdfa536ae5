"""Which samples are shown of many: those of different classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def varied(targets: npt.NDArray[Any], count: int) -> npt.NDArray[np.intp]:
    """Indices of samples: the first one of each class by its number, then the second ones."""
    if targets.ndim > 1:
        return np.arange(min(count, len(targets)))
    _, classes, sizes = np.unique(targets, return_inverse=True, return_counts=True)
    by_class = np.argsort(classes, kind="stable")
    turns = np.empty(len(targets), np.intp)  # how many of its class come before each sample
    turns[by_class] = np.arange(len(targets)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.lexsort((classes, turns))[:count]
