"""Labels that are wrong: a share of them is replaced by another class."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.integer[Any]]


def with_noise(
    labels: Labels, share: float, classes: int, random: np.random.Generator
) -> npt.NDArray[np.int32]:
    """(samples,) labels, of which this share, drawn at random, are another one of `classes`."""
    found = labels.astype(np.int32)
    wrong = random.choice(len(found), round(share * len(found)), replace=False)
    others = random.integers(1, classes, len(wrong), dtype=np.int32)
    found[wrong] = (found[wrong] + others) % classes
    return found
