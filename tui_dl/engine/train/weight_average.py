"""Averaged weights for evaluation, with batch-norm statistics of their own.

Running averages of batch norm are of the weights they were made with. With others, also with the
mean of all those weights, activations have another mean and variance: so they are measured anew,
as `update_bn` of torch.optim.swa_utils does (Izmailov et al. 2018).
"""

from __future__ import annotations

from collections.abc import Callable

from tui_dl.engine.train import state
from tui_dl.engine.train.step import Stepper

NAMES = "optimizer.average."  # before those of the averaged weights in a checkpoint


class Average:
    """Exchanges what is trained in a network and what is judged.

    Attributes:
        running: running averages of the judged weights, by name; none before there are any.
    """

    def __init__(self, stepper: Stepper, measure: Callable[[], None]) -> None:
        """`measure` makes the running averages those of the weights in the network."""
        self._stepper, self._measure = stepper, measure
        self._here = stepper.network.running
        self._trained: state.Tensors = {}  # running averages, while the judged weights are there
        self.running: state.Tensors = {}
        self._updates = 0  # that had been made when these were measured

    def swap(self) -> None:
        """Put judged weights in place of the trained ones, or back, where these differ."""
        if not self._stepper.optimizer.swap():
            return
        self._stepper.pack()
        if self._trained:
            state.fill(self._here, self._trained)
            self._trained = {}
            return
        self._trained = state.copied(self._here)
        if self._updates == self._stepper.optimizer.updates:
            state.fill(self._here, self.running)
        elif self._here:
            self._measure()
            self.running = state.copied(self._here)
            self._updates = self._stepper.optimizer.updates

    def tensors(self) -> state.Tensors:
        """What a checkpoint has of it, beside the optimiser's memory."""
        if self._here and self._updates != self._stepper.optimizer.updates:
            self.swap()
            self.swap()
        return {NAMES + name: array for name, array in self.running.items()}

    def restore(self, tensors: state.Tensors) -> None:
        """Take what `tensors` made of it, the weights being those of that time."""
        names = {name: NAMES + name for name in self._here}
        if all(name in tensors for name in names.values()):
            self.running = {name: tensors[kept] for name, kept in names.items()}
            self._updates = self._stepper.optimizer.updates
