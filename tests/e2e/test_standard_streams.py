"""Started with standard streams closed, and with the lock or the mailbox deleted while training."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_refusals import assert_refused
from tests.e2e.conftest import eventually, the_run, worker_of
from tests.shell import ROOT, TUI_DL, tui_dl
from tui_dl.protocol.events import Acknowledged, Failed
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State

SHORT = ["train", "first-network", "--headless", "--threads", "1", "--set", "train.epochs=2"]
ENDLESS = ["train", "first-network", "--detach", "--threads", "1", "--set", "train.epochs=1000000"]
SUBSETS = ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"]


def closed(streams: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program with streams closed, to its end; the others are pipes and /dev/null."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {streams}', "sh", *TUI_DL, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )


@pytest.mark.parametrize("streams", ["<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_training(streams: str, home: Path) -> None:
    assert closed(streams, *SHORT).returncode == 0
    run = the_run(home)
    state = State(run)
    assert state.status == "finished"
    assert not state.damage
    assert run.log.read_text() == ""
    assert run.lock.read_bytes() == b""


@pytest.mark.parametrize("streams", SUBSETS)
def test_looking(streams: str, home: Path) -> None:
    assert closed(streams, "runs").returncode == 0
    assert closed(streams, "show", "nothing").returncode == 2


def test_one_worker_whose_handles_are_what_they_should_be(home: Path) -> None:
    assert closed("<&- >&- 2>&-", *ENDLESS).returncode == 0
    run = the_run(home)
    worker = worker_of(run)
    if Path("/proc/self/fd").exists():
        handles = [str(Path(f"/proc/{worker}/fd/{number}").readlink()) for number in range(3)]
        assert handles == [os.devnull, str(run.log), str(run.log)]
    for streams in ("", "<&- >&- 2>&-"):
        assert closed(streams, "resume", "last").returncode == 2
    assert closed("<&- >&-", "pause", "last").returncode == 0
    assert State(run).status == "paused"
    assert closed("<&- >&-", "stop", "last").returncode == 0
    eventually(lambda: not State(run).alive)
    assert State(run).status == "stopped"
    assert len(all_runs(home)) == 1


def test_a_lock_and_a_mailbox_that_are_deleted(home: Path) -> None:
    tui_dl(*ENDLESS)
    run = the_run(home)
    worker = worker_of(run)
    for _ in range(3):
        shutil.rmtree(run.control)
        run.lock.unlink()
        assert_refused(tui_dl("resume", "last"), "is already running")
        assert State(run).status == "running"
        eventually(lambda: run.lock.exists() and run.control.exists())
    assert worker_of(run) == worker
    shutil.rmtree(run.control)
    assert tui_dl("stop", "last").returncode == 0
    state = State(run)
    assert (state.status, state.last(Acknowledged).command) == ("stopped", "stop")
    shutil.rmtree(run.control)
    assert tui_dl("resume", "last", "--detach").returncode == 0
    eventually(lambda: State(run).status == "running")


def test_a_run_that_another_has_taken_is_left_alone(home: Path) -> None:
    tui_dl(*ENDLESS)
    run = the_run(home)
    worker_of(run)
    other = run.path / "other.lock"
    with other.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        other.replace(run.lock)
        eventually(run.log.read_text)
        taken = f"tui-dl: {run.path}: another worker trains this run\n"
        assert run.log.read_text() == taken
        size = run.events.stat().st_size
        assert_refused(tui_dl("resume", "last"), "is already running")
        assert run.events.stat().st_size == size
        assert not any(isinstance(event, Failed) for event in State(run).events)


def test_a_file_system_without_locks(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on some network homes; every process here finds flock refused."""
    refuse = (
        "import errno, fcntl\ndef flock(*_): raise OSError(errno.ENOLCK, 'No locks available')\n"
    )
    (tmp_path / "sitecustomize.py").write_text(f"{refuse}fcntl.flock = flock\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for command in (SHORT, ENDLESS):
        done = tui_dl(*command)
        assert_refused(done, "locks do not work on this file system: No locks available: choose ")
        assert list(home.iterdir()) == []
