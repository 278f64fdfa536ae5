"""A disk that is full, or a quota: the run fails with one line, and all before it is kept."""

import json
import resource
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import eventually, the_run
from tests.shell import ROOT, TUI_DL, tui_dl
from tui_dl.protocol.events import Checkpointed, Started
from tui_dl.runs import checkpoint
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State
from tui_dl.runs.step_log import read_steps

ENDLESS = ["train", "first-network", "--set", "train.epochs=1000000"]
LEAST = 200_000  # bytes: its checkpoints are smaller


def limited(most: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, its worker too, where no file may have more than so many bytes."""
    return subprocess.run(
        [*TUI_DL, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )


@pytest.fixture(autouse=True)
def _kernels_are_kept(home: Path) -> None:
    """They are larger than what is allowed here."""
    elsewhere = str(home.parent / "elsewhere")
    tui_dl("train", "first-network", "--json", "--set", "train.epochs=1", "--runs", elsewhere)


@pytest.mark.parametrize("most", [LEAST, LEAST + 7])
def test_steps_that_find_no_room_end_the_run(most: int, home: Path) -> None:
    done = limited(most, *ENDLESS, "--headless")
    run = the_run(home)
    assert done.returncode == 1
    reason = f"{run.path}: cannot write: File too large: make room"
    go_on = f"resume it with `tui-dl resume {run.id}`"
    assert done.stderr == f"tui-dl: {run.id} failed: {reason}; {go_on}\n"
    state = State(run)
    size = run.steps.stat().st_size
    steps = read_steps(run.steps, state.last(Started).step_fields)
    assert size == steps.nbytes  # no torn record
    assert most - 100_000 < size <= most
    _, metadata = checkpoint.read(run.last)
    assert int(metadata["step"]) == state.last(Checkpointed).step > 0
    assert run.log.read_text() == ""
    assert not list(run.path.glob(".*"))
    refused = limited(10, "resume", "last", "--detach")
    assert refused.returncode == 2
    says = "cannot be resumed: File too large: make room"
    assert refused.stderr == f"tui-dl: {run.path}: {says}\n"
    assert tui_dl("resume", "last", "--detach").returncode == 0
    eventually(lambda: run.steps.stat().st_size > size)
    tui_dl("stop", "last")
    assert State(run).status == "stopped"


def test_a_checkpoint_that_finds_no_room_leaves_the_one_before(home: Path) -> None:
    tui_dl(*ENDLESS, "--headless", "--set", "train.change=[{step=40,stop=true}]")
    run = the_run(home)
    kept = run.last.read_bytes()
    done = limited(len(kept) // 2, "resume", "last", "--headless")
    assert done.returncode == 1
    assert "cannot write: File too large" in done.stderr
    assert done.stderr.count("\n") == 1
    assert run.last.read_bytes() == kept
    assert [path.name for path in run.checkpoints.iterdir() if path.name[0] == "."] == []
    assert json.loads(tui_dl("show", "last", "--json").stdout)["status"] == "failed"
    assert all_runs(home) == [run]
