"""Schedules: how the learning rate changes over a run, and how the mini-batches grow."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.layers import Positive
from tui_dl.spec.train.table import Amount, Share, Table

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Divisor = Annotated[float, msgspec.Meta(ge=1, le=1_000_000)]


class Schedule(Table, frozen=True, tag_field="kind"):
    """The optimizer's learning rate, times a factor."""


class Warmed(Schedule, frozen=True):
    """Over the first `warmup` epochs the rate also rises in even steps, from nearly nothing."""

    warmup: Count = 0


class Constant(Warmed, frozen=True, tag="constant"):
    """The learning rate as it is."""


class StepDecay(Warmed, frozen=True, tag="step"):
    """Times `factor` whenever `every` epochs have passed."""

    every: Positive = 10
    factor: Share = 0.1


class Exponential(Warmed, frozen=True, tag="exponential"):
    """Times `factor` after every epoch."""

    factor: Share = 0.95


class Cosine(Warmed, frozen=True, tag="cosine"):
    """Half a cosine, step by step, down to `min_learning_rate` after `epochs`, by default all."""

    min_learning_rate: Amount = 0.0
    epochs: Positive | None = None


class ReduceOnPlateau(Warmed, frozen=True, tag="reduce_on_plateau"):
    """Times `factor` once more than `patience` epochs were no better, down to `min_learning_rate`.

    Better is a finite validation loss lower than the best by a share of `threshold` of it.
    """

    factor: Share = 0.1
    patience: Count = 10
    threshold: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 1e-4
    min_learning_rate: Amount = 0.0


class OneCycle(Schedule, frozen=True, tag="one_cycle"):
    """Up along half a cosine for `warm_up_fraction` of all steps, and down to the end (Smith 2018).

    It begins at the learning rate over `start_divisor` and ends at that over `end_divisor`.
    """

    warm_up_fraction: Share = 0.3
    start_divisor: Divisor = 25.0
    end_divisor: Divisor = 10_000.0


AnySchedule = Constant | StepDecay | Exponential | Cosine | ReduceOnPlateau | OneCycle


class BatchSchedule(Table, frozen=True):
    """Mini-batches grow: times `factor` whenever `every` epochs have passed, up to `max`."""

    factor: Annotated[int, msgspec.Meta(ge=2, le=1_000)] = 2
    every: Positive = 10
    max: Positive = 512


def grown(size: int, schedule: BatchSchedule | None, count: int, epoch: int) -> int:
    """What mini-batches of `size` have become in `epoch`, from 1, of `count` samples."""
    if schedule is None:
        return size
    times = min((epoch - 1) // schedule.every, 20)  # 2**20 is more than there can be
    return int(min(size * schedule.factor**times, schedule.max, count))
