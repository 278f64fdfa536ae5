"""The base of all learning-rate schedules, and the epochs they count in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import cos, pi
from typing import Annotated, ClassVar, NamedTuple

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.train.table import Table

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Epochs:
    """The epochs of a run of known length, in steps."""

    def __init__(self, steps: Sequence[int]) -> None:
        """`steps` are the steps of each epoch."""
        self._starts = [0, *accumulate(steps)]

    @property
    def count(self) -> int:
        """Number of epochs."""
        return len(self._starts) - 1

    @property
    def steps(self) -> int:
        """Updates of the whole run."""
        return self._starts[-1]

    def ended(self, step: int) -> int:
        """Epochs that end before the update after `step` others."""
        return bisect_right(self._starts, step) - 1

    def start(self, epoch: int) -> int:
        """Updates before the epoch after `epoch` others; those of the whole run at most."""
        return self._starts[min(epoch, self.count)]


class PlateauRule(NamedTuple):
    """What a plateau is: more than `patience` epochs that were no better by `threshold`."""

    patience: int
    threshold: float  # a share of the best loss


class Schedule(Table, frozen=True, tag_field="kind"):
    """The optimizer's learning rate, times a factor.

    Attributes:
        decays: the factor can become smaller while training goes on.
    """

    decays: ClassVar[bool] = True

    def rate(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        """The learning rate of the update after `step` others.

        Args:
            base: the optimizer's learning rate.
            step: updates so far.
            epochs: all epochs of the run.
            plateaus: how many there were so far.
        """
        raise NotImplementedError

    @property
    def plateau_rule(self) -> PlateauRule | None:
        """What a plateau of the validation loss is; None where there are none to count."""
        return None

    def check(self, base: float, epochs: int) -> None:
        """Raise ConfigError unless the learning rate gets where the schedule says."""


class Warmed(Schedule, frozen=True):
    """Over the first `warmup` epochs the rate also rises in even steps, from nearly nothing."""

    warmup: Count = 0

    def decayed(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        """The learning rate without the warm-up's factor; arguments as of `rate`."""
        raise NotImplementedError

    def rate(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        warm_up = epochs.start(self.warmup)
        decayed = self.decayed(base, step, epochs, plateaus)
        return decayed * (min(1.0, (step + 1) / warm_up) if warm_up else 1.0)

    def check(self, base: float, epochs: int) -> None:
        if self.warmup > epochs:
            raise ConfigError(
                "train.schedule.warmup",
                f"{self.warmup} epochs are more than the {epochs} there are: make it smaller",
            )


def check_minimum(min_learning_rate: float, base: float) -> None:
    """Raise ConfigError unless a schedule that begins at `base` can go down to its minimum."""
    if min_learning_rate >= base:
        raise ConfigError(
            "train.schedule.min_learning_rate",
            f"{min_learning_rate:g} is not below the learning rate {base:g}: make it smaller",
        )


def half_cosine(first: float, last: float, share: float) -> float:
    """Half a cosine wave from `first` at share 0 to `last` at share 1."""
    return last + (first - last) * (1 + cos(pi * share)) / 2
