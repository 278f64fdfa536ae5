"""A queue in a process of its own: what waits, what starts next, and what the runs are called."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.batch.test_local import ENDLESS, batch
from tui_dl.batch.queue import enqueue
from tui_dl.protocol.commands import Stop
from tui_dl.protocol.events import Started
from tui_dl.runs import lock, mailbox
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.support.errors import UserError
from tui_dl.support.processors import cores


def statuses(runs: Sequence[Run]) -> list[str]:
    return [State(run).status for run in runs]


def wait_for(runs: Sequence[Run], *expected: str) -> None:
    deadline = time.monotonic() + 300
    while statuses(runs) != list(expected):
        assert time.monotonic() < deadline, statuses(runs)
        time.sleep(0.05)


@pytest.mark.slow
def test_runs_wait_for_others(home: Path) -> None:
    live = cores()
    runs = enqueue(home, (batch(*ENDLESS) * live)[: live + 2])
    assert [run.name for run in runs[:3]] == ["it", "it-fast", "it-momentum"]
    wait_for(runs, *["running"] * live, "waiting", "waiting")
    assert all(lock.is_held(run.lock) for run in runs)
    mailbox.send(runs[0].control, Stop())
    wait_for(runs, "stopped", *["running"] * live, "waiting")
    for run in runs:  # those that wait end when their worker reads it
        mailbox.send(run.control, Stop())
    wait_for(runs, *["stopped"] * len(runs))
    started: Started = State(runs[-1]).last(Started)
    assert started.threads == 1


def test_what_cannot_start_leaves_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(UserError, match="runs cannot be kept here"):
        enqueue(file / "home", batch())

    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("tui_dl.process.spawn.start", refuse)
    with pytest.raises(UserError, match="cannot start runs"):
        enqueue(home, batch())
    assert all_runs(home) == []
