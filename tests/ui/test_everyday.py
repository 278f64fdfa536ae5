"""Clicks, Enter, names in other scripts, clocks, and what is asked for but not yet done."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.ui.fabricate import START, Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.drawing.styled_text import changed, column, length
from tui_dl.protocol import events
from tui_dl.runs import atomic, view_follower
from tui_dl.runs.folder import Run
from tui_dl.runs.view_follower import RunFollower
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.preset_list import PresetList
from tui_dl.ui.screens.dialogs import Confirm
from tui_dl.ui.screens.run import RunScreen


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the presets that were trained; none of them really is."""
    worker = Worker(tmp_path / "elsewhere", "first-network").start().train(1)
    names: list[str] = []

    def start(home: Path, name: str, experiment: Experiment, **_: object) -> Run:
        names.append(name)
        return worker.run

    monkeypatch.setattr("tui_dl.process.launch.start", start)
    return names


async def click(pilot: Session, row: int) -> None:
    await pilot.click("#presets", offset=(5, row))
    await pilot.pause()


def test_a_click_selects_and_the_next_one_trains(tmp_path: Path, started: list[str]) -> None:
    async def choose(app: TuiDl, pilot: Session) -> None:
        presets = app.screen.query_one(PresetList)
        for row, highlighted in ((2, 1), (1, 1), (4, 3), (2, 1), (4, 3)):
            await click(pilot, row)
            assert presets.highlighted == highlighted, row
            assert started == []
        await pilot.press("up", "down")
        await click(pilot, 4)  # what keys have chosen meanwhile is selected once more
        assert started == []
        await click(pilot, 4)
        assert started == ["vanishing-gradient"]

    drive(tmp_path, None, choose)


@pytest.mark.parametrize("key", ["s", "library"])
def test_enter_is_no_yes(key: str, tmp_path: Path, started: list[str]) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press(*(["escape", "enter"] if key == "library" else [key]))
        await settle(app, pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("enter", "enter", "space")
        await settle(app, pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("escape")

    drive(tmp_path, worker.run, press)
    assert started == []
    assert not list(worker.run.control.iterdir())


@at_every_size
@pytest.mark.parametrize("name", ["한글", "한국어로-쓴-아주-긴-실험-이름" * 3])
def test_a_name_in_korean_does_not_hide_the_tabs(
    size: tuple[int, int], name: str, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(1)
    path = worker.run.path.with_name(f"20270115-080000-{name}-ab12")
    worker.run.path.rename(path)

    async def look(app: TuiDl, pilot: Session) -> None:
        heading = text(app).splitlines()[0]
        assert heading.startswith(f" {name}"[:8])
        assert cell_len(heading) <= size[0]
        assert "1 Curves" in heading
        await pilot.press("s")
        await settle(app, pilot)
        assert all(cell_len(line) <= size[0] for line in text(app).splitlines())

    drive(tmp_path, Run(path), look, size)


def test_wide_letters_are_two_cells() -> None:
    assert length([("한글 ", "dim"), ("a", "dim")]) == 6
    assert column("한글", 6) == "한글  "
    before = [("한글 1", "dim")]
    assert changed(before, [("한글 2", "dim")], 40) == (5, 6)
    assert changed(before, [("한국 1", "dim")], 40) == (2, 4)
    assert changed([("e", "dim")], [("e\u0301", "dim")], 40) == (0, 1)


def test_stopping_is_said_at_once_and_until_it_is_done(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def stop(app: TuiDl, pilot: Session) -> None:
        assert "to go" in text(app)
        await pilot.press("s", "y")
        await pilot.pause()
        assert "● running → stopping: evaluating  epoch" in text(app)
        assert "to go" not in text(app)
        await pilot.press("s", "p", "r", "c")
        await eventually(app, pilot, "The run is stopping.")
        assert isinstance(app.screen, RunScreen)
        worker.append(events.Acknowledged, command="stop", step=40)
        await eventually(app, pilot, "■ stopping: evaluating  epoch")
        assert "to go" not in text(app)
        assert "s Stop" not in text(app)
        worker.end("stopped", best=2)
        await eventually(app, pilot, "■ stopped by hand  epoch")

    drive(tmp_path, worker.run, stop)
    assert len(list(worker.run.control.iterdir())) == 1


def test_what_somebody_else_stops_is_stopping_here(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)
    worker.append(events.Acknowledged, command="stop", step=40)
    worker.append(events.Acknowledged, command="checkpoint", step=40)

    async def look(app: TuiDl, pilot: Session) -> None:
        assert "■ stopping: evaluating  epoch" in text(app)

    drive(tmp_path, worker.run, look)
    worker.die()
    worker.resume(epoch=2)
    assert RunFollower(worker.run).poll(100).status == "running"  # type: ignore[union-attr]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock as the dashboard reads it, to be set."""
    clock = [START]
    monkeypatch.setattr(view_follower, "time", lambda: clock[0])
    return clock


def test_elapsed_never_falls(tmp_path: Path, now: list[float]) -> None:
    worker = Worker(tmp_path).start().train(1)
    reader = RunFollower(worker.run)
    shown: list[float] = []

    def look(later: float) -> None:
        now[0] = worker.time + later
        view = reader.poll(100)
        if view is not None:
            assert view.elapsed is not None
            assert view.remaining is None or view.remaining > 0
            shown.append(view.elapsed)

    look(3.0)
    look(-3600.0)  # set back
    worker.train(1)
    look(1.0)
    worker.append(events.Paused, step=40)
    look(0.5)
    look(60.0)
    worker.time += 60.0
    worker.append(events.Continued, step=40)
    look(2.0)
    worker.steps_of(3, 5)
    worker.die()
    look(9.0)
    assert shown == sorted(shown)
    assert shown[0] == pytest.approx(3.0, abs=0.1)
    assert shown[-1] < 10  # neither the pause, nor the time since the kill


def test_a_killed_run_took_until_its_last_step(tmp_path: Path, now: list[float]) -> None:
    worker = Worker(tmp_path).start()
    worker.append(events.Compiled, seconds=0.0, kernels=0)
    worker.time += 3.0
    worker.steps_of(1, 5)
    worker.die()
    now[0] = worker.time + 100.0
    view = RunFollower(worker.run).poll(100)
    assert view is not None
    assert view.elapsed == pytest.approx(3.0, abs=0.1)


def test_a_resumed_run_goes_on_from_its_checkpoints_time(tmp_path: Path, now: list[float]) -> None:
    worker = Worker(tmp_path).start().train(1)
    size = worker.run.events.stat().st_size
    worker.time += 30.0
    worker.train(1)
    reader = RunFollower(worker.run)
    now[0] = worker.time
    before = reader.poll(100)
    worker.die()
    atomic.cut(worker.run.events, size)
    worker.resume(epoch=1)
    now[0] = worker.time + 1
    after = reader.poll(100)
    assert before is not None
    assert after is not None
    assert before.elapsed == pytest.approx(30.0, abs=0.5)
    assert after.elapsed == pytest.approx(1.0, abs=0.5)  # its steps are counted anew, too
