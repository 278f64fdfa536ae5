"""Kernels compiled ahead: by the command, interrupted and taken up again, and by the dashboard."""

import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.e2e.conftest import Terminal, eventually, the_run
from tests.shell import ROOT, TUI_DL, tui_dl
from tests.test_architecture import LOADED, modules_after
from tui_dl.protocol.events import Compiled
from tui_dl.runs.status import State

PRESET = "first-network"
WARM_UP = ["warmup", PRESET]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty kernel cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TUI_DL_CACHE", str(folder))
    return folder


def processes(cache: Path) -> list[psutil.Process]:
    """Those that compile ahead for this cache."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "environ"])
        if "tui_dl.process.warm_up" in (process.info["cmdline"] or [])
        and (process.info["environ"] or {}).get("TUI_DL_CACHE") == str(cache)
    ]


def test_interrupted_then_taken_up_again(cache: Path, home: Path) -> None:
    process = subprocess.Popen(
        [*TUI_DL, *WARM_UP],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr
    lines = [process.stderr.readline() for _ in range(3)]
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)
    assert lines[0].startswith("kernel  1/")
    assert "  compiling " in lines[0]
    assert process.returncode == 130
    assert output.startswith("interrupted: ")
    assert output.count("\n") == 1
    assert "Traceback" not in errors
    assert not processes(cache)

    done = tui_dl(*WARM_UP)
    assert done.returncode == 0
    count = int(done.stdout.split()[0])
    assert f"{count} kernels ready, " in done.stdout
    assert " compiled in " in done.stdout
    assert done.stdout.count("\n") == 1
    assert 5 < done.stderr.count("\n") < count  # the first ones are there already
    assert all(line.startswith("kernel ") for line in done.stderr.splitlines())

    again = tui_dl(*WARM_UP)
    assert again.stdout == f"{count} kernels ready, all of them from the cache\n"
    assert again.stderr == ""
    told = tui_dl(*WARM_UP, "--json")
    summary = json.loads(told.stdout)
    assert set(summary) == {"kernels", "ready", "compiled", "seconds", "folder"}
    assert (summary["kernels"], summary["ready"], summary["compiled"]) == (count, count, 0)
    assert told.stderr == ""
    assert not modules_after(LOADED, *WARM_UP) & {"numpy", "numba", "llvmlite", "tui_dl.engine"}

    tui_dl("train", PRESET, "--json", "--set", "train.epochs=1")
    assert State(the_run(home)).last(Compiled).kernels == 0


def test_nowhere_to_keep_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("TUI_DL_CACHE", str(file / "cache"))
    for as_json in ([], ["--json"]):
        done = tui_dl(*WARM_UP, *as_json)
        assert done.returncode == 2
        assert done.stdout == ""
        says = f"tui-dl: {file}/cache: compiled kernels cannot be kept: Not a directory: set "
        assert done.stderr == f"{says}TUI_DL_CACHE to another folder\n"


def test_a_process_that_is_killed_is_said(cache: Path) -> None:
    process = subprocess.Popen(
        [*TUI_DL, *WARM_UP], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stderr
    process.stderr.readline()
    processes(cache)[0].kill()
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    says = "tui-dl: kernels cannot be compiled: the process that compiles was killed"
    assert errors.splitlines()[-1].startswith(says)


def test_the_library_compiles_until_it_is_left(
    open_terminal: Callable[[], Terminal], cache: Path
) -> None:
    terminal = open_terminal()
    terminal.run()
    terminal.wait_for(PRESET, " kernels ")
    (process,) = processes(cache)
    assert process.nice() == 19
    assert not list(cache.glob("kernels-*/ready-*"))
    terminal.press("q")
    terminal.wait_for("ready>")
    eventually(lambda: not processes(cache))
    assert any(cache.iterdir())
