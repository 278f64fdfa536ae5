"""Cold starts: two at once, and with nowhere to keep what is compiled."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.conftest import the_run
from tests.shell import tui_dl
from tui_dl.protocol.events import Compiled, Compiling
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State

SHORT = ["train", "first-network", "--json", "--set", "train.epochs=2"]


def test_two_cold_starts_at_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_DL_CACHE", str(tmp_path / "cache"))
    with ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda name: tui_dl(*SHORT, "--name", name), ["one", "two"]))
    losses = {json.loads(done.stdout)["test_loss"] for done in both}
    assert [done.returncode for done in both] == [0, 0]
    assert len(losses) == 1
    states = [State(run) for run in all_runs(home)]
    compiled = [e.kernel for state in states for e in state.events if isinstance(e, Compiling)]
    assert len(compiled) > 5
    assert len(compiled) == len(set(compiled))  # each by one of them; the other one loads it
    assert sum(state.last(Compiled).kernels for state in states) == len(compiled)


def test_nowhere_to_keep_kernels(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TUI_DL_CACHE", str(tmp_path / "file" / "cache"))
    done: subprocess.CompletedProcess[str] = tui_dl(*SHORT)
    assert done.returncode == 0
    state = State(the_run(home))
    assert sum(isinstance(event, Compiling) for event in state.events) > 5
