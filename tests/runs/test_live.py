"""Which runs of a home are live, and how far they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fake_run import finished_run
from tests.ui.fabricate import Worker
from tui_dl.runs.live import LiveRun, LiveRuns


def test_runs_come_and_go(tmp_path: Path) -> None:
    runs = LiveRuns(tmp_path / "none-yet")
    assert runs.look() == ()
    finished_run(tmp_path)
    runs = LiveRuns(tmp_path)
    assert runs.look() == ()
    worker = Worker(tmp_path)
    assert runs.look() == (LiveRun(worker.run, "starting"),)
    worker.start().compile(1)
    assert runs.look() == (LiveRun(worker.run, "compiling"),)
    worker.train(2)
    (found,) = runs.look()
    assert (found.status, found.epoch, found.epochs) == ("running", 3, 30)
    assert found.remaining is not None
    assert 1.0 < found.remaining < 1.2  # 28 epochs of 20 steps of 2 ms
    worker.end("finished", best=2)
    assert runs.look() == ()
    worker.resume(2)
    assert [it.run for it in runs.look()] == [worker.run]
    worker.die()


def test_a_run_that_is_over_is_not_tested_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand of them would take longer than the pause between two looks."""
    worker = Worker(tmp_path).start().train(1).end("finished", best=1)
    runs = LiveRuns(tmp_path)
    tested = []

    def is_held(path: Path) -> bool:
        tested.append(path)
        return False

    monkeypatch.setattr("tui_dl.runs.lock.is_held", is_held)
    for _ in range(3):
        runs.look()
    assert tested == [worker.run.lock]


def test_what_is_no_run_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "20270115-080000-odd-ab12"
    folder.mkdir()
    os.mkfifo(folder / "events.jsonl")
    os.mkfifo(folder / "worker.lock")
    (tmp_path / "20270115-080000-link-ab12").symlink_to(folder / "nowhere")
    assert LiveRuns(tmp_path).look() == ()
