"""Checks that the disk has room for the rest of a run; without numpy, so that lists are fast."""

from __future__ import annotations

import shutil

from tui_dl.protocol.events import Started
from tui_dl.runs.folder import Run
from tui_dl.runs.step_values import count, record_size
from tui_dl.support.formatting import short

WEIGHTS = 4  # bytes each
COPIES = 6  # of all weights: last with an optimizer's two arrays and the best, best, one replaced


def shortage(run: Run, started: Started | None) -> str | None:
    """One line where the run would write more than is free, should it last to its last epoch."""
    if started is None:
        return None
    steps = started.steps_per_epoch * started.epochs - count(run.steps, started.step_fields)
    needed = steps * record_size(started.step_fields) + COPIES * WEIGHTS * started.parameters
    try:
        free = shutil.disk_usage(run.path.parent).free
    except OSError:  # not to be known just now
        return None
    if needed <= free:
        return None
    return f"up to {_size(needed)} to write and {_size(free)} free: lower train.epochs"


def _size(number: int) -> str:
    if number < 1e9:
        return f"{number / 1e6:.1f} MB"
    return f"{number / 1e9:,.1f} GB" if number < 1e18 else f"{short(number / 1e9)} GB"
