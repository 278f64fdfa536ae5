"""Samples and their labels, in three splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Samples:
    """Inputs, one row a sample - float32 numbers or int32 symbols -, and their classes, int32."""

    inputs: npt.NDArray[Any]
    labels: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, indices: npt.NDArray[np.intp]) -> Samples:
        """The samples at `indices`, in that order."""
        return Samples(self.inputs[indices], self.labels[indices])


@dataclass(frozen=True)
class Dataset:
    """What is learned from, what decides when to stop, and what judges the result."""

    train: Samples
    validation: Samples
    test: Samples
