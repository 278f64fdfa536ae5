"""Is there room for what a run will write? No numpy, as in all that looks at runs at once."""

from __future__ import annotations

import shutil

from tui_dl.events import Started
from tui_dl.runs.folder import Run
from tui_dl.runs.record import record_size

WEIGHTS = 4  # bytes each
COPIES = 6  # of all weights: last with an optimiser's two arrays and the best, best, one replaced


def shortage(run: Run, started: Started) -> str | None:
    """One line where the run would write more than is free, should it last to its last epoch."""
    steps = started.steps_per_epoch * started.epochs - started.step
    needed = steps * record_size(started.step_fields) + COPIES * WEIGHTS * started.parameters
    free = shutil.disk_usage(run.path.parent).free
    if needed <= free:
        return None
    return f"up to {_size(needed)} to write and {_size(free)} free: lower train.epochs"


def _size(number: int) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e9 else f"{number / 1e6:.1f} MB"
