"""What tests of the whole program share: runs that never end by themselves, and a real terminal."""

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psutil
import pytest

from tests.shell import ROOT
from tui_dl.protocol.events import Started
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State

T = TypeVar("T")

BRAILLE = {chr(code) for code in range(0x2801, 0x2900)}
PATIENCE = 90.0  # seconds, for kernels that are compiled meanwhile


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder starts real processes."""
    for item in items:
        if item.nodeid.startswith("tests/e2e/"):
            item.add_marker(pytest.mark.slow)


def eventually(look: Callable[[], T], patience: float = PATIENCE) -> T:
    """The first result of `look` that is true."""
    deadline = time.monotonic() + patience
    while not (result := look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return result


def the_run(home: Path) -> Run:
    """The only run there is, as soon as there is one."""
    (run,) = eventually(lambda: all_runs(home))
    return run


def worker_of(run: Run) -> int:
    """Process id of the run's worker, as soon as it has ended an epoch."""
    eventually(lambda: State(run).epochs)
    return int(State(run).last(Started).pid)


def dashboards() -> list[psutil.Process]:
    """Our own dashboards, as processes below the terminals that were opened here."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "environ"])
        if "tui_dl" in (process.info["cmdline"] or [])
        and (process.info["environ"] or {}).get("TUI_DL_RUNS") == os.environ["TUI_DL_RUNS"]
    ]


@pytest.fixture(autouse=True)
def _no_worker_is_left(home: Path) -> Iterator[None]:
    yield
    for run in all_runs(home):
        state = State(run)
        if state.alive and (started := state.last(Started)):
            with suppress(ProcessLookupError):
                os.kill(started.pid, signal.SIGKILL)


class Terminal:
    """A terminal of our own with a shell in it, that is typed into and looked at."""

    def __init__(self, columns: int = 110, rows: int = 36) -> None:
        self._tmux = ["tmux", "-u", "-L", f"tui-dl-{uuid.uuid4().hex[:8]}", "-f", os.devnull]
        shell = "env PS1='ready> ' bash --noprofile --norc"
        size = ["-x", str(columns), "-y", str(rows)]
        subprocess.run([*self._tmux, "new-session", "-d", *size, shell], check=True, cwd=ROOT)
        self.wait_for("ready>")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def run(self, *arguments: str) -> None:
        """Type a tui-dl command line."""
        self.press("clear", "Enter")
        self.enter(f"{sys.executable} -m tui_dl {' '.join(arguments)}")

    def enter(self, line: str) -> None:
        """Type a line."""
        self.press("-l", line)
        self.press("Enter")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        size = ["-x", str(columns), "-y", str(rows)]
        subprocess.run([*self._tmux, "resize-window", *size], check=True)

    def screen(self) -> str:
        """What is to be seen now, wrapped lines joined."""
        capture = [*self._tmux, "capture-pane", "-p", "-J"]
        return subprocess.run(capture, check=True, capture_output=True, text=True).stdout

    def wait_for(self, *texts: str, patience: float = PATIENCE) -> str:
        """The screen, once all of `texts` are on it."""
        deadline = time.monotonic() + patience
        while not all(text in (screen := self.screen()) for text in texts):
            assert time.monotonic() < deadline, f"{texts} is not to be seen:\n{screen}"
            time.sleep(0.1)
        return screen

    def close(self) -> None:
        """Hang up, as a closed connection does."""
        subprocess.run([*self._tmux, "kill-server"], check=False)


@pytest.fixture
def open_terminal() -> Iterator[Callable[[], Terminal]]:
    """Opens terminals, which are closed after the test."""
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed")
    opened: list[Terminal] = []

    def open_one() -> Terminal:
        opened.append(Terminal())
        return opened[-1]

    yield open_one
    for terminal in opened:
        terminal.close()
