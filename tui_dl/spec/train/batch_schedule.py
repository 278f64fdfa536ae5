"""The ``[train.batch_schedule]`` table: mini-batches that grow over a run."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.layers.base import Positive
from tui_dl.spec.train.table import Table


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
