"""Our trainer, ready to run single steps: kernels compiled, weights packed."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Self

import numpy as np

from tui_dl import data
from tui_dl.engine.graph.compile import compile_kernels
from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.engine.train.assemble import assemble
from tui_dl.engine.train.batches import batches
from tui_dl.engine.train.split_result import SplitResult
from tui_dl.kernels.core.jit import Array, Ints
from tui_dl.spec.experiment import Experiment

NETWORKS = sorted((Path(__file__).parent / "networks").glob("*.toml"))


class Own:
    """The trainer of an experiment; use it as a context manager.

    Attributes:
        batches: the full mini-batches of the first epoch.
    """

    def __init__(self, experiment: Experiment, threads: int) -> None:
        dataset = data.load(experiment.data, 0)
        self.train = dataset.train
        self.pool = ThreadPool(threads)
        self.trainer = assemble(experiment, dataset, self.pool)
        size = self.trainer.batch_sizes.of(0)
        self.batches = [b for b in batches(size, len(self.train), 0, 1) if len(b) == size]
        self._bare = copy(self.trainer.stepper)  # the same arrays, other programs
        self._bare.recorder, self._bare._programs = None, {}
        self.still = np.zeros((len(self.train), 3), np.int64)
        for _ in compile_kernels(self.trainer.stepper.kernels(self.train, {size})):
            pass
        self.trainer.stepper.pack()

    @property
    def weights(self) -> dict[str, Array]:
        """The current weights by name."""
        parameters = self.trainer.parameters
        return parameters.tensors(parameters.values)

    def step(self, chosen: Ints) -> float:
        """Make one update and its record; returns the loss before it."""
        score = self.trainer.stepper.step(self.train, chosen, self.still)
        self.trainer.recorder.stamp(1, len(chosen), 0.0, 0.0)
        self.trainer.recorder.take()
        return score.loss

    def bare_step(self, chosen: Ints) -> SplitResult:
        """Make one update without a record."""
        return self._bare.step(self.train, chosen, self.still)

    def __enter__(self) -> Self:
        self.pool.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.__exit__()
