"""Averaged weights for evaluation, with their own batch-norm statistics.

The running averages of batch norm belong to the weights they were computed with. Averaged weights
make activations of another mean and variance, so the statistics are computed anew for them, as
`update_bn` of torch.optim.swa_utils does (Izmailov et al. 2018).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tui_dl.engine.train import state
from tui_dl.engine.train.step import Stepper

NAMES = "optimizer.average."  # prefix of these statistics in a checkpoint


class WeightAverage:
    """Swaps the trained weights and their average in a network.

    Attributes:
        running: batch-norm statistics of the averaged weights, by name; empty at first.
    """

    def __init__(self, stepper: Stepper, measure: Callable[[], None]) -> None:
        """`measure` computes the batch-norm statistics of the weights in the network."""
        self._stepper, self._measure = stepper, measure
        self._in_network = stepper.network.running
        self._trained: state.Tensors = {}  # statistics of the trained weights while swapped out
        self.running: state.Tensors = {}
        self._updates = 0  # updates made when `running` was computed

    def swap(self) -> None:
        """Put the averaged weights into the network, or the trained ones back.

        Does nothing where no average is kept.
        """
        if not self._stepper.optimizer.swap():
            return
        self._stepper.pack()
        if self._trained:
            state.fill(self._in_network, self._trained)
            self._trained = {}
            return
        self._trained = state.copied(self._in_network)
        if self._updates == self._stepper.optimizer.updates:
            state.fill(self._in_network, self.running)
        elif self._in_network:
            self._measure()
            self.running = state.copied(self._in_network)
            self._updates = self._stepper.optimizer.updates

    def norms(self) -> tuple[float, float, float] | None:
        """Of the weights, of their average, and of v = b v + (1 - b) w from 0, without correction.

        None where no average is kept.
        """
        optimizer = self._stepper.optimizer
        average = optimizer.state.get("average")
        if average is None:
            return None
        weights, corrected = (
            float(np.linalg.norm(it)) for it in (optimizer.parameters.values, average)
        )
        return weights, corrected, corrected * (1 - optimizer.decay**optimizer.updates)

    def tensors(self) -> state.Tensors:
        """The statistics of the averaged weights, for a checkpoint."""
        if self._in_network and self._updates != self._stepper.optimizer.updates:
            self.swap()
            self.swap()
        return {NAMES + name: array for name, array in self.running.items()}

    def restore(self, tensors: state.Tensors) -> None:
        """Take the statistics from a checkpoint's `tensors`, after its weights were restored."""
        names = {name: NAMES + name for name in self._in_network}
        if all(name in tensors for name in names.values()):
            self.running = {name: tensors[kept] for name, kept in names.items()}
            self._updates = self._stepper.optimizer.updates
