"""Arrays of an artifact as numbers that can be drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.drawing.value_range import FURTHEST
from tui_dl.protocol.artifact import Artifact

Numbers = npt.NDArray[np.float64]


class UnreadableError(ValueError):
    """An artifact does not hold what its kind is drawn from."""


def array(artifact: Artifact, name: str) -> npt.NDArray[Any]:
    """The array `name`, as it was seen.

    Raises:
        UnreadableError: it is not there.
    """
    if (found := artifact.arrays.get(name)) is None:
        raise UnreadableError(f"it has no {name}")
    kind = {"F": "f", "I": "i", "U": "u"}[found.dtype[0]]
    dtype = np.dtype(f"<{kind}{int(found.dtype[1:]) // 8}")
    return np.frombuffer(found.data, dtype).reshape(found.shape)


def numbers(artifact: Artifact, name: str, axes: int) -> Numbers:
    """The array `name` in double precision, infinite ones as far from zero as an axis reaches.

    Raises:
        UnreadableError: it is not there, or has not so many axes, or no numbers.
    """
    found = array(artifact, name)
    if found.ndim != axes or not found.size:
        raise UnreadableError(f"its {name} has {found.ndim} axes and {found.size} numbers")
    return np.clip(found.astype(np.float64), -FURTHEST, FURTHEST)
