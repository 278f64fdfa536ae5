"""The learning rate of each step: a function of the step and of how many plateaus were met."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import cos, inf, isfinite, pi

import msgspec

from tui_dl.spec.train import AnySchedule, Cosine, Exponential, OneCycle, ReduceOnPlateau, StepDecay


class Schedule:
    """A recipe's schedule, for a run of known length."""

    def __init__(self, recipe: AnySchedule, base: float, steps: Sequence[int]) -> None:
        """`base` is the optimiser's learning rate; `steps` are how many each epoch has."""
        self.recipe, self.base = recipe, base
        self._starts = [0, *accumulate(steps)]

    def rate(self, step: int, plateaus: int = 0) -> float:
        """Of the update after `step` others."""
        recipe = self.recipe
        if isinstance(recipe, OneCycle):
            return self._one_cycle(recipe, step)
        warm_up = self._start(recipe.warmup)
        return self._decayed(step, plateaus) * (min(1.0, (step + 1) / warm_up) if warm_up else 1.0)

    def _decayed(self, step: int, plateaus: int) -> float:
        """The rate but for warming up."""
        match self.recipe:
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

    def _one_cycle(self, recipe: OneCycle, step: int) -> float:
        """PyTorch's OneCycleLR: its highest rate comes one step before the warm-up is over."""
        first, last = self.base / recipe.start_divisor, self._starts[-1] - 1
        top = recipe.warm_up_fraction * (last + 1) - 1
        if step <= top and top > 0:
            return _half_cosine(first, self.base, step / top)
        down = min(1.0, (step - top) / (last - top))
        return _half_cosine(self.base, first / recipe.end_divisor, down)

    def _epoch(self, step: int) -> int:
        """How many epochs are done before the update after `step` others."""
        return bisect_right(self._starts, step) - 1

    def _start(self, epoch: int) -> int:
        """How many updates come before so many epochs are done; never more than all."""
        return self._starts[min(epoch, len(self._starts) - 1)]


def _half_cosine(first: float, last: float, share: float) -> float:
    """From `first` to `last`, flat at both ends, as `share` goes from 0 to 1."""
    return last + (first - last) * (1 + cos(pi * share)) / 2


class Plateau(msgspec.Struct):
    """Validation losses followed as PyTorch's ReduceLROnPlateau follows them.

    `met` counts plateaus: more than `patience` epochs that were no better than `best`, the lowest
    finite one; one that is not finite is never better.
    """

    best: float | None = None
    waited: int = 0
    met: int = 0

    def see(self, loss: float, recipe: AnySchedule) -> None:
        """Take in an epoch's validation loss."""
        if not isinstance(recipe, ReduceOnPlateau):
            return
        bar = inf if self.best is None else self.best * (1 - recipe.threshold)
        if isfinite(loss) and loss < bar:
            self.best, self.waited = loss, 0
        else:
            self.waited += 1
        if self.waited > recipe.patience:
            self.waited, self.met = 0, self.met + 1
