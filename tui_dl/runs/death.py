"""Why a worker ended that wrote no last event, as far as its log and its lock say it."""

from __future__ import annotations

import re
from contextlib import suppress

from tui_dl.protocol.events import EpochEnded
from tui_dl.runs import files, lock
from tui_dl.runs.event_log import LAST_WORD
from tui_dl.runs.folder import Run

LOG_LINES = 5
LOG_BYTES = 1 << 16  # at the end of a log, where its last lines are looked for

_FAULT = re.compile(r"Error: \[Errno \d+\] (.*)")


def why_dead(run: Run, epoch: EpochEnded | None) -> str:
    """Why the worker of a run ended, whose last epoch was this one, if there was one."""
    if says := lock.obstacle(run.lock):
        return f"whether its worker is alive cannot be found out: {says}"
    if (tail := log_tail(run)) and tail[-1].startswith(LAST_WORD):
        return tail[-1].removeprefix(LAST_WORD)
    with suppress(OSError):
        return str(run.word.readlink())
    where = f"after epoch {epoch.epoch}" if epoch else "before its first epoch ended"
    if tail and (fault := _FAULT.search(tail[-1])):  # before it could say so in its own words
        return f"the worker ended {where}: {fault[1]}"
    said = f": {tail[-1]}" if tail else ""
    return f"the worker was killed or ran out of memory {where}{said}"


def log_tail(run: Run) -> list[str]:
    """The last lines of the worker's log."""
    try:
        text = files.tail(run.log, LOG_BYTES).decode(errors="replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip()][-LOG_LINES:]
