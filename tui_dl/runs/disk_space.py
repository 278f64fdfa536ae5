"""Is there room for what will be written? No numpy, as in all that looks at runs at once."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path

from tui_dl.protocol.events import Started
from tui_dl.runs.folder import Run
from tui_dl.runs.single_step import count, record_size
from tui_dl.support.formatting import short

WEIGHTS = 4  # bytes each
COPIES = 6  # of all weights: last with an optimiser's two arrays and the best, best, one replaced
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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


def why(error: OSError) -> str:
    """Why nothing can be written, and what to do where there is no room."""
    return f"{error.strerror or error}{': make room' * (error.errno in FULL)}"


def fault(error: OSError) -> str:
    """Which file it was, and why it cannot be used."""
    return f"{error.filename}: {why(error)}" if error.filename else why(error)


def nearest(folder: Path) -> Path:
    """`folder` itself or its nearest parent that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def unwritable(folder: Path) -> str | None:
    """Why no file can be made in `folder`, or in the one that it would be made in, if none can."""
    try:
        with tempfile.TemporaryFile(dir=nearest(folder)):
            return None
    except OSError as error:
        return why(error)


def _size(number: int) -> str:
    if number < 1e9:
        return f"{number / 1e6:.1f} MB"
    return f"{number / 1e9:,.1f} GB" if number < 1e18 else f"{short(number / 1e9)} GB"
