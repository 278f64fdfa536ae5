"""The tab of runs: its keys, from filtering to removing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run_list import RunList
from tui_dl.ui.panels.run_remarks import RunRemarks
from tui_dl.ui.screens.compare import CompareScreen
from tui_dl.ui.screens.home.runs import RunsScreen
from tui_dl.ui.screens.run import RunScreen


def highlight(app: TuiDl, name: str) -> None:
    """Move to a run of the list."""
    runs = app.screen.query_one(RunList)
    runs.highlight(next(it.run for it in runs.entries if it.run.name == name))


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Three runs; the newest of them is live."""
    Worker(tmp_path, "first-network").start().train(6).end("finished", best=6)
    Worker(tmp_path, "vanishing-gradient").start().train(4).diagnose().end("finished", best=4)
    Worker(tmp_path).start().train(2)
    return tmp_path


def typed(words: str) -> list[str]:
    """The keys of a text."""
    names = {" ": "space", ">": "greater_than_sign", ":": "colon", "-": "minus", ".": "full_stop"}
    return [names.get(it, it) for it in words]


def listed(app: TuiDl) -> list[str]:
    """The titles in the list."""
    assert isinstance(app.screen, RunsScreen)
    return [it.title for it in app.screen.query_one(RunList).entries]


def test_a_filter_lists_some_runs_and_says_where_it_is_wrong(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        await pilot.press("slash", *typed("epochs > 3"))
        await settle(app, pilot)
        assert sorted(listed(app)) == ["first-network", "vanishing-gradient"]
        await pilot.press(*typed(" first"))
        await settle(app, pilot)
        assert listed(app) == ["first-network"]
        await pilot.press("enter", "space", "slash", "end", *typed("x"))
        await eventually(app, pilot, "None of 3 runs is left.")  # also where a run is marked
        await pilot.press("backspace", *typed(" colour:red"))
        await eventually(app, pilot, "column 18: there is no key colour:")
        assert len(listed(app)) == 3  # what was left while it was typed would mislead
        await pilot.press("enter", "escape")
        await settle(app, pilot)
        assert len(listed(app)) == 3

    drive(three, None, walk)


def test_marked_runs_are_compared_and_each_can_be_opened(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        highlight(app, "first-network")
        await pilot.press("space")
        highlight(app, "vanishing-gradient")
        await pilot.press("b", "space")
        await eventually(app, pilot, "1 ⠶ vanishing-gradient")  # with the same sign in both
        await settle(app, pilot)
        await pilot.press("c")
        await eventually(app, pilot, "Settings that differ")
        assert isinstance(app.screen, CompareScreen)
        assert "1 ⠶ vanishing-gradient" in text(app)
        assert "  baseline" in text(app)
        await pilot.press("2")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run.name == "first-network"
        await pilot.press("escape")
        await settle(app, pilot)
        assert isinstance(app.screen, RunsScreen)

    drive(three, None, walk)


def test_a_run_is_removed_and_brought_back_and_a_live_one_stays(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        highlight(app, "lenet5")
        await pilot.press("x")
        await eventually(app, pilot, "Not removed")
        highlight(app, "vanishing-gradient")
        await pilot.press("x")
        await eventually(app, pilot, "removed")
        await settle(app, pilot)
        assert sorted(listed(app)) == ["first-network", "lenet5"]
        await pilot.press("u")
        await settle(app, pilot)
        assert len(listed(app)) == 3
        highlight(app, "first-network")
        await pilot.press("x")
        await settle(app, pilot)
        assert len(all_runs(three)) == 2

    drive(three, None, walk)
    assert not (three / ".removed").exists()
    assert len(all_runs(three)) == 2


def test_a_run_is_renamed(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        highlight(app, "first-network")
        await pilot.press("space", "b")
        highlight(app, "lenet5")
        await pilot.press("space")
        highlight(app, "first-network")
        await pilot.press("n", *typed("last"))
        await eventually(app, pilot, "run's name")
        await pilot.press(*typed("ing"), "enter")
        await eventually(app, pilot, "lasting")
        assert "lasting · first-network" in listed(app)
        runs = app.screen.query_one(RunList)
        assert [it.name for it in runs.marked] == ["lasting", "lenet5"]
        assert runs.baseline
        assert runs.baseline.name == "lasting"

    drive(three, None, walk)


def test_sorting_goes_through_the_columns(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        await pilot.press("s")
        await settle(app, pilot)
        assert listed(app) == sorted(listed(app))
        await pilot.press("S")
        await settle(app, pilot)
        assert listed(app) == sorted(listed(app), reverse=True)

    drive(three, None, walk)


def test_the_question_for_a_new_name_has_the_listed_title(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "first-network").start().train(2).end("finished", best=2)
    worker.run.path.rename(worker.run.path.with_name("20270115-080000-wide-ab12"))

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "wide")
        (title,) = listed(app)
        await pilot.press("n")
        await eventually(app, pilot, f"New name of {title}")

    drive(tmp_path, None, walk)


def test_more_epochs_are_asked_for(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        highlight(app, "first-network")
        await pilot.press("m", "5")
        await eventually(app, pilot, "whole number")
        await pilot.press("backspace", "9", "enter")  # a run that was not really trained
        await eventually(app, pilot, "no weights")

    drive(three, None, walk)


def test_a_run_that_was_started_here_is_highlighted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Worker(tmp_path, "first-network").start().train(6).end("finished", best=6)
    Worker(tmp_path, "vanishing-gradient").start().train(4).end("finished", best=4)

    def start(home: Path, *_: object, **__: object) -> Run:
        return Worker(home).start().train(1).run

    monkeypatch.setattr("tui_dl.process.launch.start", start)

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        highlight(app, "first-network")
        await pilot.press("1")
        await settle(app, pilot)
        await pilot.press("enter")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        await pilot.press("2", "escape", "2")
        await settle(app, pilot)
        runs = app.screen.query_one(RunList)
        assert runs.chosen
        assert runs.chosen.run.name == "lenet5"
        highlight(app, "first-network")
        await pilot.press("1", "2")
        await settle(app, pilot)
        assert runs.chosen.run.name == "first-network"

    drive(tmp_path, None, walk)


def test_the_highlighted_run_is_drawn_where_there_is_room(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        highlight(app, "first-network")
        await eventually(app, pilot, "1 ⠶ first-network")
        assert "Validation loss" in text(app)
        highlight(app, "vanishing-gradient")
        await eventually(app, pilot, "1 ⠶ vanishing-gradient")
        assert "1 ⠶ first-network" not in text(app)
        await pilot.resize_terminal(80, 16)
        await settle(app, pilot)
        assert "Validation loss" not in text(app)

    drive(three, None, walk, (120, 40))


def test_remarks_on_the_highlighted_run_stand_below_a_list_without_their_column(
    three: Path,
) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        row = app.screen.query_one(RunRemarks)
        highlight(app, "first-network")
        await settle(app, pilot)
        assert (row.display, row.plain) == (True, "")  # the list does not jump
        highlight(app, "vanishing-gradient")
        for size in ((60, 16), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            assert "   ▲ vanishing gradient" in text(app).splitlines()
        await pilot.press("space")
        await settle(app, pilot)
        assert row.display
        await pilot.resize_terminal(80, 24)
        await settle(app, pilot)
        assert not row.display  # the curves of marked runs need the room
        await pilot.press("space", "slash", *typed("first"), "enter")
        await settle(app, pilot)
        assert not row.display  # of no run there is one
        await pilot.press("escape")
        await settle(app, pilot)
        assert row.display
        await pilot.resize_terminal(200, 60)
        await settle(app, pilot)
        assert not row.display
        (line,) = (it for it in text(app).splitlines() if "▲ vanishing-gradient" in it)
        assert "vanishing gradient" in line

    drive(three, None, walk, (80, 24))


def test_a_terminal_that_grows_makes_room_for_the_highlighted_run(three: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        assert "Validation loss" not in text(app)
        await pilot.resize_terminal(80, 24)
        await eventually(app, pilot, "Validation loss")

    drive(three, None, walk, (80, 16))


@pytest.mark.parametrize(("width", "beside"), [(140, True), (80, False)])
def test_curves_stand_beside_the_table_where_it_leaves_room(
    width: int, beside: bool, three: Path
) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        for name in ("first-network", "vanishing-gradient"):
            highlight(app, name)
            await pilot.press("space")
        await pilot.press("c")
        await eventually(app, pilot, "Validation loss")
        row = next(it for it in text(app).splitlines() if "Validation loss" in it)
        assert (row.index("Validation loss") > 30) is beside

    drive(three, None, walk, (width, 40))
