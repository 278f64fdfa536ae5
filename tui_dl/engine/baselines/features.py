"""What a linear model reads of a sample: its inputs standardised, or its tokens counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.baselines.lbfgs import Doubles

MOST_TOKENS = 2_000  # different ones that are counted, the most frequent ones
CONSTANT = 1e-9  # of a feature's mean: a deviation below is rounding


class Features(Protocol):
    """A function from samples to features (samples, width), fitted to the training samples."""

    @property
    def width(self) -> int:
        """How many features a sample has."""

    def __call__(self, samples: Samples) -> Doubles:
        """The features of all `samples`."""


@dataclass(frozen=True)
class Standardised:
    """Inputs minus their mean, over their deviation.

    Attributes:
        mean: (width,) means of the training samples.
        scale: (width,) 1 / deviation; 0 for an input that is the same in all of them.
    """

    mean: Doubles
    scale: Doubles

    @property
    def width(self) -> int:
        return len(self.mean)

    def __call__(self, samples: Samples) -> Doubles:
        features: Doubles = samples.inputs.astype(np.float64)
        features -= self.mean
        features *= self.scale
        return features


@dataclass(frozen=True)
class Counted:
    """How often each token is in a sample, wherever it stands.

    Attributes:
        column: (vocab_size,) the feature of each token; -1 for one that is not counted.
        width: how many features there are.
    """

    column: Any
    width: int

    def __call__(self, samples: Samples) -> Doubles:
        rows, tokens = np.nonzero(_there(samples))[0], samples.inputs[_there(samples)]
        column = self.column[tokens]
        place = (rows * self.width + column)[column >= 0]
        size = len(samples) * self.width
        return np.bincount(place, minlength=size).astype(np.float64).reshape(-1, self.width)


def features_of(train: Samples, vocab_size: int) -> Features:
    """The features of samples like these: tokens below `vocab_size`, or numbers where it is 0."""
    if vocab_size:
        found = np.bincount(train.inputs[_there(train)], minlength=vocab_size)
        counted = np.argsort(-found, kind="stable")[:MOST_TOKENS]
        column = np.full(vocab_size, -1)
        column[counted] = np.arange(len(counted))
        return Counted(column, len(counted))
    mean = train.inputs.mean(axis=0, dtype=np.float64)
    deviation = train.inputs.std(axis=0, dtype=np.float64)
    differs = deviation > CONSTANT * np.abs(mean)
    return Standardised(mean, np.divide(1, deviation, out=np.zeros_like(mean), where=differs))


def _there(samples: Samples) -> Any:
    """(samples, steps) which tokens are no padding."""
    lengths = samples.lengths
    steps = samples.inputs.shape[1]
    ends = np.full(len(samples), steps) if lengths is None else lengths
    return np.arange(steps) < ends[:, None]
