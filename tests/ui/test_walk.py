"""A walk: every key of every place of the dashboard can be pressed, and escape leads back.

The keys are found from the bindings that act there, so that a new one is walked too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.binding import ActiveBinding
from textual.keys import key_to_character
from textual.widgets import Input

from tests.ui.fabricate import Worker
from tests.ui.pictures import see
from tests.ui.screens import Session, drive, settle, text
from tests.ui.states import STATES
from tui_dl.protocol import events
from tui_dl.runs.folder import Run
from tui_dl.ui.app import TuiDl
from tui_dl.ui.own_bindings import is_own
from tui_dl.ui.panels.tabs import TABS
from tui_dl.ui.screens.home_screen import HomeScreen

LEAVING = {"quit", "app.quit"}  # actions that end the dashboard; other tests are of them
WAYS_BACK = 6  # escapes that lead home from anywhere


class Place(NamedTuple):
    """Where keys are pressed.

    Attributes:
        state: of the home and its runs.
        keys: that lead there, from the course or from the run.
        first: keys before those, once.
    """

    state: str
    keys: str = ""
    first: str = ""


def paused(home: Path) -> Worker:
    """A run that waits."""
    worker = Worker(home).start().train(2)
    worker.append(events.Paused, step=40)
    return worker


def pictured(home: Path) -> Worker:
    """A run that is over, with all pictures there can be."""
    worker = Worker(home).start().train(6, best=4)
    see(worker, 6)
    return worker.end("finished", best=4)


WALKED: dict[str, Callable[[Path], Worker | None]] = {
    **STATES,
    "paused": paused,
    "pictured": pictured,
    "stopped": lambda home: Worker(home).start().train(2).end("stopped", best=2),
}
RUNS = [it for it in WALKED if not it.startswith("library")]
DIGITS = [str(place) for place in range(1, len(TABS) + 1)]
EVERY_TAB = ("pictured",)  # states in which all tabs are walked
PLACES = {
    "course": Place("library-runs"),
    "course-without-runs": Place("library"),
    "course-search": Place("library", "slash"),
    "edit-preset": Place("library", "e"),
    "runs": Place("library-runs", "2,home"),
    "runs-none": Place("library", "2"),
    "runs-marked": Place("library-runs", "2,home,space,down,space"),
    "runs-filter": Place("library-runs", "2,slash"),
    "runs-rename": Place("library-runs", "2,home,n"),
    "runs-more": Place("library-runs", "2,home,m"),
    "compare": Place("library-runs", "2,home,space,down,space,c"),
    "compare-curves": Place("library-runs", "2,home,space,down,space,c,d"),
    "build": Place("library", "3,home,down,down,down", "end,b"),
    "build-nothing": Place("library", "3"),
    "build-typing": Place("library", "3,home,down,down,down,enter", "end,b"),
    "build-add": Place("library", "3,a", "end,b"),
    "build-open": Place("library", "3,o", "end,b"),
    "build-save": Place("library", "3,w", "end,b"),
    "data": Place("library", "4"),
    "data-open": Place("library", "4,o"),
    "help": Place("library", "question_mark"),
    "palette": Place("running", "ctrl+p"),
    "copy": Place("running", "y"),
    "stop": Place("running", "s"),
    "rate": Place("running", "r"),
    "cursor": Place("running", "left"),
    "zoomed": Place("running", "z"),
    "picture": Place("pictured", "3,enter"),
    "cell": Place("pictured", "3,right,enter,enter"),
    **{state: Place(state, "1") for state in RUNS},
    **{f"{state}-{tab}": Place(state, tab) for state in EVERY_TAB for tab in DIGITS[1:]},
}


async def press(app: TuiDl, pilot: Session, keys: str) -> None:
    for key in filter(None, keys.split(",")):
        await pilot.press(key)
        await settle(app, pilot)


async def go_home(app: TuiDl, pilot: Session) -> None:
    """Escape from wherever the last key has led to; then the course is one digit away."""
    for _ in range(WAYS_BACK):
        await press(app, pilot, "escape")
        if isinstance(app.screen, HomeScreen):
            break
    assert isinstance(app.screen, HomeScreen), f"no way back from\n{text(app)}"
    await press(app, pilot, "escape,escape,1")
    assert "course" in (app.screen.id or type(app.screen).__name__).lower(), text(app)


def own_keys(app: TuiDl) -> dict[str, ActiveBinding]:
    """The keys that act by bindings of ours."""
    return {
        key: it
        for key, it in app.screen.active_bindings.items()
        if it.binding.action not in LEAVING and it.enabled and is_own(it) and not is_typed(app, key)
    }


def is_typed(app: TuiDl, key: str) -> bool:
    """Whether the field with the focus takes the key as a letter."""
    is_letter = key_to_character(key) is not None or key == "slash"  # Unicode calls it a solidus
    return isinstance(app.focused, Input) and is_letter


@pytest.fixture(autouse=True)
def harmless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is trained, and no file is written but in a folder of the test."""
    other = Worker(tmp_path / "elsewhere", "first-network").start().train(1)
    monkeypatch.setattr("tui_dl.process.launch.start", lambda *_, **__: other.run)
    monkeypatch.setattr("tui_dl.process.launch.resume", lambda *_, **__: None)
    monkeypatch.setattr("tui_dl.batch.queue.enqueue", lambda _, jobs: [other.run for _ in jobs])
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLACES)
def test_every_key_can_be_pressed_and_leads_home(name: str, tmp_path: Path) -> None:
    place = PLACES[name]
    worker = WALKED[place.state](tmp_path / "runs")
    run: Run | None = worker.run if worker else None

    async def go(app: TuiDl, pilot: Session) -> None:
        if run is not None:
            app._turn_to(run)
            await settle(app, pilot)
        await press(app, pilot, place.keys)

    async def walk(app: TuiDl, pilot: Session) -> None:
        await press(app, pilot, f"{place.first},{place.keys}")
        for key in own_keys(app):
            where = app.screen, app.focused
            await press(app, pilot, key)
            if (app.screen, app.focused) != where or key not in own_keys(app):
                await go_home(app, pilot)
                await go(app, pilot)
        await go_home(app, pilot)

    drive(tmp_path / "runs", run, walk, (80, 24))
