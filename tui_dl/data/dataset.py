"""Samples and what is wanted of them, in three splits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Samples:
    """Samples, the first axis of every array.

    Attributes:
        inputs: one row a sample, float32 numbers or int32 symbols.
        targets: int32 classes, one a sample or one a time step, negative where none is wanted.
        lengths: int32 time steps that are no padding; None where all samples are full.
    """

    inputs: npt.NDArray[Any]
    targets: npt.NDArray[Any]
    lengths: npt.NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.inputs)

    def take(self, indices: npt.NDArray[np.intp]) -> Samples:
        """The samples at `indices`, in that order."""
        lengths = None if self.lengths is None else self.lengths[indices]
        return Samples(self.inputs[indices], self.targets[indices], lengths)


@dataclass(frozen=True)
class Dataset:
    """What is learned from, what decides when to stop, and what judges the result."""

    train: Samples
    validation: Samples
    test: Samples
