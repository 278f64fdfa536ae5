"""Mini-batches: their sizes by epoch, and the samples of an epoch in shuffled order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.kernels.core.jit import Ints
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.batch_schedule import grown
from tui_dl.support.rng import stream


def batches(size: int, count: int, seed: int, epoch: int) -> Iterator[Ints]:
    """Shuffled mini-batches of `size` of the indices 0..count-1; the last one may be smaller."""
    yield from in_order(stream(seed, "shuffle", epoch).permutation(count).astype(np.int64), size)


def in_order(indices: Ints, size: int) -> Iterator[Ints]:
    """Consecutive slices of `size` of `indices`; the last one may be smaller."""
    for start in range(0, len(indices), size):
        yield indices[start : start + size]


class BatchSizes:
    """Mini-batch size and number of steps of each epoch of a run.

    Attributes:
        samples: training samples of an epoch; each is in one mini-batch of it.
        sizes: samples of a mini-batch, by epoch; they differ where a batch schedule is set.
        steps: mini-batches, by epoch.
    """

    def __init__(self, experiment: Experiment, samples: int) -> None:
        config = experiment.train
        first = experiment.data.batch(samples)
        epochs = range(1, config.epochs + 1)
        self.samples = samples
        self.sizes = [grown(first, config.batch_schedule, samples, epoch) for epoch in epochs]
        self.steps = [-(-samples // size) for size in self.sizes]

    @property
    def distinct(self) -> set[int]:
        """All sizes of mini-batches, those of the last ones in their epochs too."""
        sizes = set(self.sizes)
        return sizes | {self.samples % size or size for size in sizes}

    def of(self, epoch: int) -> int:
        """Samples of a mini-batch in the epoch after `epoch` others; the last one's after all."""
        return self.sizes[min(epoch, len(self.sizes) - 1)]

    def steps_of(self, epoch: int) -> int:
        """Mini-batches in the epoch after `epoch` others; the last one's after all."""
        return self.steps[min(epoch, len(self.steps) - 1)]

    @property
    def mean_steps(self) -> int:
        """The mean number of steps of an epoch."""
        return round(sum(self.steps) / len(self.steps))
