"""Learning rate for each step, as a function of the step and the number of plateaus so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import cos, inf, isfinite, pi

import msgspec

from tui_dl.spec.train import AnySchedule, Cosine, Exponential, OneCycle, ReduceOnPlateau, StepDecay


class Schedule:
    """Learning rates of a run of known length, after PyTorch's schedulers.

    Attributes:
        config: the schedule of the training config.
        base: the optimizer's learning rate.
    """

    def __init__(self, config: AnySchedule, base: float, steps: Sequence[int]) -> None:
        """`steps` are the steps of each epoch."""
        self.config, self.base = config, base
        self._starts = [0, *accumulate(steps)]

    def rate(self, step: int, plateaus: int = 0) -> float:
        """The learning rate of the update after `step` others."""
        config = self.config
        if isinstance(config, OneCycle):
            return self._one_cycle(config, step)
        warm_up = self._start(config.warmup)
        return self._decayed(step, plateaus) * (min(1.0, (step + 1) / warm_up) if warm_up else 1.0)

    def _decayed(self, step: int, plateaus: int) -> float:
        """The learning rate without the warm-up's factor."""
        match self.config:
            case StepDecay(every=every, factor=factor):
                return self.base * factor ** (self._epoch(step) // every)
            case Exponential(factor=factor):
                return self.base * factor ** self._epoch(step)
            case Cosine(min_learning_rate=min_learning_rate, epochs=epochs):
                last = self._start(epochs if epochs is not None else len(self._starts) - 1)
                return _half_cosine(self.base, min_learning_rate, min(1.0, step / last))
            case ReduceOnPlateau(factor=factor, min_learning_rate=min_learning_rate):
                return max(self.base * factor**plateaus, min_learning_rate)
            case _:
                return self.base

    def _one_cycle(self, config: OneCycle, step: int) -> float:
        """PyTorch's OneCycleLR: its highest rate comes one step before the warm-up ends."""
        first, last = self.base / config.start_divisor, self._starts[-1] - 1
        top = config.warm_up_fraction * (last + 1) - 1
        if step <= top and top > 0:
            return _half_cosine(first, self.base, step / top)
        down = min(1.0, (step - top) / (last - top))
        return _half_cosine(self.base, first / config.end_divisor, down)

    def _epoch(self, step: int) -> int:
        """Epochs that end before the update after `step` others."""
        return bisect_right(self._starts, step) - 1

    def _start(self, epoch: int) -> int:
        """Updates before the epoch after `epoch` others; those of the whole run at most."""
        return self._starts[min(epoch, len(self._starts) - 1)]


def _half_cosine(first: float, last: float, share: float) -> float:
    """Half a cosine wave from `first` at share 0 to `last` at share 1."""
    return last + (first - last) * (1 + cos(pi * share)) / 2


class Plateau(msgspec.Struct):
    """Plateaus of the validation loss, counted as PyTorch's ReduceLROnPlateau does.

    A plateau is more than `patience` epochs in a row without a loss below `best`. A loss that is
    not finite is never better.

    Attributes:
        best: the lowest finite loss at the last improvement; None before the first.
        waited: epochs since then, or since the last plateau.
        met: number of plateaus.
    """

    best: float | None = None
    waited: int = 0
    met: int = 0

    def update(self, loss: float, config: AnySchedule) -> None:
        """Add an epoch's validation loss; ignored unless `config` reduces on plateaus."""
        if not isinstance(config, ReduceOnPlateau):
            return
        limit = inf if self.best is None else self.best * (1 - config.threshold)
        if isfinite(loss) and loss < limit:
            self.best, self.waited = loss, 0
        else:
            self.waited += 1
        if self.waited > config.patience:
            self.waited, self.met = 0, self.met + 1
