"""Schedules: how the learning rate changes over a run, as a function of the step.

One file a kind, or a few that are alike; a file that is here is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tui_dl.spec.train.schedules.base import Schedule
from tui_dl.support.registry import declarations, union

SCHEDULES: dict[str, type[Schedule]] = declarations(__name__, Schedule)

if TYPE_CHECKING:
    AnySchedule: TypeAlias = Schedule
else:
    AnySchedule = union(SCHEDULES)
