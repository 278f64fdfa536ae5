"""Samples: inputs, targets and lengths, in three splits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tui_dl.data.preparation import Preparation
    from tui_dl.data.source_rows import SourceRows


@dataclass(frozen=True)
class Samples:
    """Inputs, targets and lengths of samples, along the first axis of every array.

    Attributes:
        inputs: one row for each sample, of float32 numbers or int32 token ids.
        targets: int32 classes, one for each sample or time step, negative where there is none.
        lengths: int32 time steps without padding; None where no sample is padded.
        source: the rows of the user's file that they are made of; None where they are not kept.
    """

    inputs: npt.NDArray[Any]
    targets: npt.NDArray[Any]
    lengths: npt.NDArray[np.int32] | None = None
    source: SourceRows | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.inputs)

    def take(self, indices: npt.NDArray[np.intp] | slice) -> Samples:
        """The samples at `indices`, in that order; those of a slice are no copy."""
        lengths = None if self.lengths is None else self.lengths[indices]
        source = self.source and self.source.take(indices)
        return Samples(self.inputs[indices], self.targets[indices], lengths, source)


@dataclass(frozen=True)
class Dataset:
    """The samples that are trained on, that decide when to stop, and that test the result.

    Attributes:
        preparation: what turns rows of the user's file into samples; None for other sources.
        fingerprint: of the file that was read; empty where there is none.
    """

    train: Samples
    validation: Samples
    test: Samples
    preparation: Preparation | None = field(default=None, kw_only=True)
    fingerprint: str = field(default="", kw_only=True)
