"""The home: its tabs, found by being there, and what is live in every heading."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.runs.folder import Run
from tui_dl.ui import home_tabs
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.heading import Heading
from tui_dl.ui.screens.home.course import CourseScreen
from tui_dl.ui.screens.home.runs import RunsScreen
from tui_dl.ui.screens.home_screen import HomeScreen, screen_class
from tui_dl.ui.screens.run import RunScreen


@pytest.mark.parametrize("tab", home_tabs.home_tabs(), ids=lambda it: it.name)
def test_each_tab_has_one_screen(tab: home_tabs.HomeTab) -> None:
    assert issubclass(screen_class(tab.name), HomeScreen)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"one.py": 'NAME = "One"\n'}, "one.py: needs lines NAME"),
        ({"one.py": 'NAME = "One"\nORDER = 12\n'}, "one.py: needs lines NAME"),
        (
            {"one.py": 'NAME = "One"\nORDER = 1\n', "two.py": 'NAME = "Two"\nORDER = 1\n'},
            "two.py: ORDER is that of one",
        ),
    ],
)
def test_a_tab_that_is_none_is_refused(
    files: dict[str, str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(home_tabs, "FOLDER", tmp_path)
    with pytest.raises(ImportError, match=says):
        home_tabs.home_tabs.__wrapped__()


def test_digits_open_tabs_and_escape_comes_back_to_the_one_shown_last(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3).end("finished", best=3)

    async def walk(app: TuiDl, pilot: Session) -> None:
        assert isinstance(app.screen, CourseScreen)
        await pilot.press("2")
        await eventually(app, pilot, "lenet5")
        assert isinstance(app.screen, RunsScreen)
        await pilot.press("enter")
        await settle(app, pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run == worker.run
        await pilot.press("2", "escape")  # on this screen it opens a tab of the run
        await settle(app, pilot)
        assert isinstance(app.screen, RunsScreen)
        await pilot.press("1")
        await settle(app, pilot)
        assert isinstance(app.screen, CourseScreen)

    drive(tmp_path, None, walk)


def test_a_click_opens_a_tab(tmp_path: Path) -> None:
    async def click(app: TuiDl, pilot: Session) -> None:
        place = text(app).splitlines()[0].index("2 Runs")
        await pilot.click(offset=(place, 0))
        await eventually(app, pilot, "No runs yet.")

    drive(tmp_path, None, click)


def test_every_heading_says_what_is_live_elsewhere(tmp_path: Path) -> None:
    own = Worker(tmp_path, "first-network").start().train(1)
    other = Worker(tmp_path).start().train(2)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "● lenet5 3/30 0:01")
        heading = text(app).splitlines()[0]
        assert "first-network" in heading  # the title of what is shown
        assert heading.count("first-network") == 1
        await pilot.press("escape")
        await eventually(app, pilot, " +1")  # two that began in one moment
        other.end("finished", best=2)
        await eventually(app, pilot, "● first-network 2/12")
        own.end("finished", best=1)
        await pilot.press("2")
        await eventually(app, pilot, "finished")
        while "●" in text(app).splitlines()[0]:
            await pilot.pause(0.05)

    drive(tmp_path, own.run, look)


@pytest.mark.parametrize("width", [60, 80, 90])
def test_what_is_live_elsewhere_has_its_name_or_is_not_said(width: int, tmp_path: Path) -> None:
    own = Worker(tmp_path, "first-network").start().train(1)
    Worker(tmp_path, "vanishing-gradient").start().train(2)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "● vanish")
        assert re.search(r"● vanish[a-z-]*…? 3/10 ", text(app).splitlines()[0])
        heading = app.screen.query_one(Heading)
        for room in range(50):
            shown = heading.live_text(room)
            assert shown.cell_length <= room
            assert not shown or "● vanish" in shown.plain

    drive(tmp_path, own.run, look, (width, 24))


def test_the_run_on_the_screen_is_not_elsewhere_whatever_path_leads_to_it(tmp_path: Path) -> None:
    home = tmp_path / "runs"
    worker = Worker(home).start().train(1)
    (tmp_path / "link").symlink_to(home)

    async def look(app: TuiDl, pilot: Session) -> None:
        while not app.live:
            await pilot.pause(0.05)
        await settle(app, pilot)
        assert "●" not in text(app).splitlines()[0]

    drive(tmp_path / "link", worker.run, look)


@at_every_size
def test_the_heading_fits(size: tuple[int, int], tmp_path: Path) -> None:
    Worker(tmp_path).start().train(2)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, "3/30")
        heading = text(app).splitlines()[0]
        assert heading.startswith(" tui-dl   1 Course  2 Runs ")
        assert len(heading) <= size[0]

    drive(tmp_path, None, look, size)


def test_a_run_that_is_damaged_is_listed_and_says_why_it_does_not_open(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1).end("finished", best=1)
    worker.run.file.write_text("format = [")
    os.utime(worker.run.path)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "lenet5")
        await pilot.press("enter")
        await eventually(app, pilot, "The run cannot be opened")

    drive(tmp_path, None, press)


def test_the_list_follows_runs_that_are_started_elsewhere(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "No runs yet.")
        worker = Worker(tmp_path).start().train(1)
        await eventually(app, pilot, "running")
        worker.end("finished", best=1)
        await eventually(app, pilot, "finished")

    drive(tmp_path, None, look)


def test_the_watched_run_is_returned(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def leave(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "running")
        await pilot.press("enter")
        await settle(app, pilot)
        await pilot.press("q")

    assert drive(tmp_path, None, leave) == Run(worker.run.path)
