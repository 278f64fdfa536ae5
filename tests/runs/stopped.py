"""A copy of a run as it was just after some step, its worker alive."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_dl.protocol.events import Started
from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.step_values import newest, record_size

AFTER_TRAINING = ("Evaluated", "Ended", "Failed")


def steps_of(run: Run) -> int:
    """How many steps were recorded."""
    started: Started = State(run).last(Started)
    return run.steps.stat().st_size // record_size(started.step_fields)


@contextmanager
def stopped_at(run: Run, step: int, home: Path) -> Iterator[tuple[Run, float]]:
    """The copy of `run` in `home` that ends after `step`, and when it was made."""
    copy = Run(home / f"at-{step}" / run.path.name)
    shutil.copytree(run.path, copy.path)
    lines = run.events.read_bytes().splitlines(keepends=True)
    kept, time = [], 0.0
    for line in lines:
        event = json.loads(line)
        if event.get("step", 0) > step or event["event"] in AFTER_TRAINING:
            break
        kept.append(line)
        time = event["time"]
    fields = State(run).last(Started).step_fields
    copy.events.write_bytes(b"".join(kept))
    os.truncate(copy.steps, step * record_size(fields))
    record = newest(copy.steps, fields)
    handle = lock.hold(copy.lock)
    try:
        yield copy, record["time"] if record else time
    finally:
        os.close(handle)
        shutil.rmtree(copy.path)
