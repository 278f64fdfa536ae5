"""A day of a remote user, over a real sshd: launch, lose the line, come back, rewind."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from bench import sshd
from tests.e2e.conftest import BRAILLE, Terminal, dashboards, eventually, the_run, worker_of
from tui_dl.protocol.events import Started
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State

OpenTerminal = Callable[[], Terminal]
Connect = Callable[..., Terminal]
EPOCHS = 160  # that a run has at least before it is paused


@pytest.fixture
def link(tmp_path: Path) -> Iterator[sshd.Link]:
    """An SSH server, and the line to it that can be broken."""
    if not sshd.is_installed():
        pytest.skip("there is no sshd")
    with sshd.server(tmp_path) as line:
        yield line


@pytest.fixture
def connect(link: sshd.Link, tmp_path: Path, open_terminal: OpenTerminal) -> Connect:
    """Runs a tui-dl command line at the other end of the line, in a new terminal here."""
    variables = ("TUI_DL_RUNS", "TUI_DL_CACHE", "PATH")
    settings = " ".join(shlex.quote(f"{name}={os.environ[name]}") for name in variables)

    def run(*arguments: str) -> Terminal:
        terminal = open_terminal()
        command = f"env {settings} {sys.executable} -m tui_dl {' '.join(arguments)}"
        terminal.enter(shlex.join(sshd.command_line(tmp_path, link.port, command)))
        return terminal

    return run


@pytest.fixture
def trained(connect: Connect, home: Path) -> tuple[Terminal, Run]:
    """A dashboard on a run that goes on and on, after its first epochs."""
    terminal = connect("train", "first-network", "--set", "train.epochs=1000000")
    run = the_run(home)
    eventually(lambda: len(State(run).epochs) >= EPOCHS)
    terminal.press("End")
    terminal.wait_for("Loss", "running", "live")
    return terminal, run


def steps_per_epoch(run: Run) -> int:
    """How many steps one epoch has."""
    return int(State(run).last(Started).steps_per_epoch)


def curve(screen: str) -> list[str]:
    """The rows of the screen that have points of a curve, without all else."""
    rows = ("".join(it if it in BRAILLE else " " for it in row) for row in screen.splitlines())
    return [row.rstrip() for row in rows if row.strip()]


def steady_curve(terminal: Terminal) -> list[str]:
    """The curve, once it no longer changes."""
    before: list[str] = []
    now = curve(terminal.screen())
    while now != before or not now:
        time.sleep(1.0)
        before, now = now, curve(terminal.screen())
    return now


def test_a_run_survives_the_line_and_is_the_same_after_it(
    link: sshd.Link, connect: Connect, trained: tuple[Terminal, Run]
) -> None:
    terminal, run = trained
    worker = worker_of(run)
    link.drop()
    terminal.wait_for("ready>")
    eventually(lambda: not dashboards())
    assert psutil.pid_exists(worker)
    epochs = len(State(run).epochs)
    eventually(lambda: len(State(run).epochs) > epochs)

    terminal = connect("attach", run.id)
    terminal.wait_for("Loss", "running", "live")
    terminal.press("p")
    terminal.wait_for("paused")
    seen = steady_curve(terminal)
    link.drop()
    terminal.wait_for("ready>")

    terminal = connect("attach", run.id)
    terminal.wait_for("Loss", "paused", "live")
    assert steady_curve(terminal) == seen
    terminal.press("Home", *"...")
    terminal.wait_for(f"· step {3 * steps_per_epoch(run)}")
    assert steady_curve(terminal) != seen
    terminal.press("End")
    terminal.wait_for("live")
    assert steady_curve(terminal) == seen


def test_two_hundred_keys_in_one_write(trained: tuple[Terminal, Run]) -> None:
    terminal, run = trained
    terminal.press("p")
    terminal.wait_for("paused")
    terminal.press("Home")
    terminal.wait_for("· step 0")
    terminal.press("-l", "." * 150 + "," * 50)
    terminal.wait_for(f"· step {100 * steps_per_epoch(run):,}")


def test_a_hang_up_ends_the_dashboard_alone(trained: tuple[Terminal, Run]) -> None:
    terminal, run = trained
    (dashboard,) = dashboards()
    dashboard.send_signal(signal.SIGHUP)
    terminal.wait_for("ready>")
    eventually(lambda: not dashboards())
    epochs = len(State(run).epochs)
    eventually(lambda: len(State(run).epochs) > epochs)


def test_a_terminal_that_is_resized_while_it_is_drawn(trained: tuple[Terminal, Run]) -> None:
    terminal, _ = trained
    for columns, rows in [(60, 16), (200, 60), (20, 5), (120, 40), (80, 24)] * 4:
        terminal.resize(columns, rows)
        time.sleep(0.1)  # less than a frame takes
    terminal.wait_for("Loss", "running", "live")
    assert max(map(len, terminal.screen().splitlines())) <= 80
    assert eventually(lambda: curve(terminal.screen()))
