"""A run folder that is spoilt while it is watched, a clock and a terminal that are wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.ui.fabricate import Worker
from tests.ui.pictures import see
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.protocol import events
from tui_dl.protocol.events import Started
from tui_dl.runs.folder import Run
from tui_dl.runs.status import State
from tui_dl.runs.step_log import record_type
from tui_dl.ui.app import TuiDl
from tui_dl.ui.bounded import MOST_COLUMNS, MOST_ROWS
from tui_dl.ui.panels.tabs import TABS
from tui_dl.ui.screens.home_screen import HomeScreen
from tui_dl.ui.screens.run import RunScreen


def replace_by_another(run: Run) -> None:
    """Put another run in its place, of other layers and fewer steps."""
    other = Worker(run.path.parent / "other", "first-network").start().train(1)
    other.end("finished", best=1)
    shutil.rmtree(run.path)
    shutil.move(other.run.path, run.path)


def tear(file: Path) -> None:
    """Cut a file in the middle of what was written last."""
    os.truncate(file, file.stat().st_size - 7)


def into_a_folder(file: Path) -> None:
    """Put a folder in the place of a file."""
    file.unlink()
    file.mkdir()


def into_a_file(run: Run) -> None:
    """Put a file in the place of the folder of artifacts."""
    shutil.rmtree(run.artifacts)
    run.artifacts.touch()


def files(folder: Path) -> list[Path]:
    """All files below a folder."""
    return [it for it in folder.rglob("*") if it.is_file()]


def newer(run: Run) -> None:
    """Say that a newer version has written it."""
    log = run.events.read_bytes()
    run.events.write_bytes(log.replace(b'"format":', b'"format":9', 1))


SPOILT: dict[str, Callable[[Run], object]] = {
    "deleted": lambda run: shutil.rmtree(run.path),
    "no events": lambda run: run.events.unlink(),
    "no steps": lambda run: run.steps.unlink(),
    "no artifacts": lambda run: shutil.rmtree(run.artifacts),
    "no checkpoints": lambda run: shutil.rmtree(run.path / "checkpoints"),
    "no experiment": lambda run: (run.path / "experiment.toml").unlink(),
    "torn events": lambda run: tear(run.events),
    "torn steps": lambda run: tear(run.steps),
    "foreign events": lambda run: run.events.write_bytes(b"\x00\x1b[2J nothing of ours\n" * 50),
    "foreign steps": lambda run: run.steps.write_bytes(bytes(range(256)) * 40),
    "foreign artifacts": lambda run: [it.write_bytes(b"?") for it in files(run.artifacts)],
    "a folder for events": lambda run: into_a_folder(run.events),
    "a folder for steps": lambda run: into_a_folder(run.steps),
    "a file for artifacts": into_a_file,
    "a newer format": newer,
    "another run": replace_by_another,
}


async def walk(app: TuiDl, pilot: Session) -> None:
    """Open every tab of the run, move the playhead, and go home to the list and back."""
    for place in range(1, len(TABS) + 1):
        await pilot.press(str(place))
        await settle(app, pilot)
    await pilot.press("home", "full_stop", "n", "end", "p", "c", "t")
    await settle(app, pilot)
    for _ in range(4):
        if not isinstance(app.screen, HomeScreen):
            await pilot.press("escape")
            await settle(app, pilot)
    await pilot.press("2")
    await settle(app, pilot)
    await pilot.press("space", "c", "enter")
    await settle(app, pilot)


@pytest.mark.parametrize("is_over", [False, True], ids=["live", "over"])
@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.slow
def test_the_dashboard_goes_on(name: str, is_over: bool, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6)
    see(worker, 6)
    if is_over:
        worker.end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert isinstance(app.screen, RunScreen)
        SPOILT[name](worker.run)
        await walk(app, pilot)

    drive(tmp_path, worker.run, look, (80, 24))


def test_that_it_is_gone_is_said(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        shutil.rmtree(worker.run.path)
        await eventually(app, pilot, "the run's folder is gone")

    drive(tmp_path, worker.run, look, (80, 24))


def test_that_its_files_are_gone_is_the_first_that_is_said(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        folder = worker.run.path
        for it in folder.iterdir():  # a worker makes its folder of commands anew
            if it.is_file() and it != worker.run.lock:
                it.unlink()
        worker.die()
        await eventually(app, pilot, "✘ the run's files are gone:")
        assert "was killed" not in text(app)
        assert "is missing" not in text(app)

    drive(tmp_path, worker.run, look, (80, 24))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e38])
def test_steps_at_no_time(value: float, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)
    started = State(worker.run).last(Started)
    records = np.fromfile(worker.run.steps, record_type(started.step_fields))
    records["time"] = records["seconds"] = value
    records.tofile(worker.run.steps)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("comma", "home", "full_stop", "space")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert "nan" not in text(app)

    drive(tmp_path, worker.run, look, (80, 24))


@pytest.mark.parametrize("spoil", [lambda it: bytes(len(it)), lambda it: it[:500] + it[505:]])
def test_damaged_steps_are_said(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)
    worker.run.steps.write_bytes(spoil(worker.run.steps.read_bytes()))

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "part of its record is damaged")

    drive(tmp_path, worker.run, look, (80, 24))


def test_a_clock_that_goes_backwards(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)
    worker.time -= 86_400
    worker.train(3)
    worker.append(events.Paused, step=120)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "-" not in text(app).partition(" elapsed")[0][-8:]
        await walk(app, pilot)

    drive(tmp_path, worker.run, look, (80, 24))


def test_a_terminal_that_lies_about_its_size(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        for size in [(0, 0), (1, 1), (0, 24), (80, 0), (3, 500), (10_000, 10_000), (0, 0)]:
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            assert app.size.width <= MOST_COLUMNS
            assert app.size.height <= MOST_ROWS
        await pilot.resize_terminal(80, 24)
        await eventually(app, pilot, "epoch 6/30")

    drive(tmp_path, worker.run, look, (80, 24))
