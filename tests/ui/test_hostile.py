"""Hostile strings and wild numbers in the tabs that compare, build and look at data."""

from __future__ import annotations

from pathlib import Path

import tomli_w
from msgspec.structs import replace
from textual.events import Paste

from tests.fake_run import ended, epoch, experiment, started
from tests.hostile import CONTROLS, MARKUP, TEXT, forbidden
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tests.wild import HARD
from tui_dl.process.origin import of_name
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import create
from tui_dl.ui.app import TuiDl
from tui_dl.ui.messages import BuildWanted
from tui_dl.ui.screens.compare import CompareScreen
from tui_dl.ui.screens.home.data import DataScreen

WIDE = "한국어 שלום 漢字\u202e"
NAMES = [
    it.replace("\0", "").replace("/", "") for it in (TEXT, WIDE, f"{CONTROLS}{WIDE}")
]  # as of files


def looked_at(app: TuiDl, shown: list[str]) -> None:
    """Keep what is shown, of which nothing may be what a terminal obeys."""
    shown.append(text(app))
    assert forbidden(shown[-1]) == []


@at_every_size
def test_runs_of_hostile_titles_and_wild_figures_are_compared(
    size: tuple[int, int], tmp_path: Path
) -> None:
    for at, number in enumerate(HARD[:9]):
        base = experiment()
        changed = replace(base.train, epochs=at + 1, seed=at)
        run = create(tmp_path, NAMES[at % 3], base.with_train(changed))
        log = EventLog(run.events)
        for event in (started(), epoch(1, number, 1), ended(test_accuracy=number)):
            log.append(event)
        log.close()
    shown = list[str]()

    async def compare(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await settle(app, pilot)
        for _ in range(9):
            await pilot.press("space", "down")
        looked_at(app, shown)
        await pilot.press("c")
        await settle(app, pilot)
        assert isinstance(app.screen, CompareScreen)
        for key in ("d", "u", "l", "end", "home", "question_mark", "escape", "y", "escape", "d"):
            await pilot.press(key)
            await settle(app, pilot)
            looked_at(app, shown)

    drive(tmp_path, None, compare, size)
    assert "TITLE" in shown[0]


@at_every_size
def test_a_hostile_experiment_is_built(size: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / f"{WIDE}.toml"
    file.write_text(
        tomli_w.dumps(
            {
                "title": MARKUP + WIDE * 20,
                "data": {"source": "digits"},
                "network": [{"kind": "flatten"}, {"kind": "dense", "units": 10}],
                "train": {"optimizer": {"kind": "adam", "learning_rate": 0.01}},
            }
        )
        + f"# {MARKUP}{WIDE}\n",
        encoding="utf-8",
    )
    shown = list[str]()

    async def build(app: TuiDl, pilot: Session) -> None:
        app.screen.post_message(BuildWanted(of_name(str(file))))
        await eventually(app, pilot, "units=10")
        await settle(app, pilot)
        for typed in ("1e38", "nan", "-inf", "9" * 40, MARKUP, TEXT, "'" + WIDE, "units = [1, 2"):
            await pilot.press("end", "up", "enter")
            await settle(app, pilot)
            await app.on_event(Paste(typed))
            await settle(app, pilot)
            looked_at(app, shown)
            await pilot.press("enter")
            await settle(app, pilot)
            looked_at(app, shown)
            await pilot.press("escape", "escape")
            await settle(app, pilot)
        for opened in ("a", "o", "w"):
            await pilot.press(opened)
            await settle(app, pilot)
            await app.on_event(Paste(TEXT))
            await settle(app, pilot)
            looked_at(app, shown)
            await pilot.press("escape", "escape", "escape")
            await settle(app, pilot)

    drive(tmp_path / "runs", None, build, size)
    assert any("[red]" in it for it in shown)


@at_every_size
def test_hostile_data_is_looked_at(size: tuple[int, int], tmp_path: Path) -> None:
    rows = [
        f'{["1e38", "nan", "-3.4e38", "7"][at % 4]},"{NAMES[at % 3]}"'
        f",{at % 7},{MARKUP if at % 2 else WIDE}"
        for at in range(120)
    ]
    table = tmp_path / "hostile.csv"
    head = f"{MARKUP},{WIDE[:-1]},number,label"
    table.write_text("\n".join([head, *rows]), encoding="utf-8", newline="")
    shown = list[str]()

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4")
        await settle(app, pilot)
        assert isinstance(app.screen, DataScreen)
        app.screen._open(str(tmp_path / f"{TEXT}.csv"))
        await settle(app, pilot)
        looked_at(app, shown)
        app.screen._open(str(table))
        await eventually(app, pilot, "120 rows")
        await settle(app, pilot)
        for key in ("pagedown", "end", "question_mark", "escape", "o"):
            looked_at(app, shown)
            await pilot.press(key)
            await settle(app, pilot)
        await app.on_event(Paste(TEXT))
        await settle(app, pilot)
        looked_at(app, shown)

    drive(tmp_path / "runs", None, look, size)
    assert "[red]HOT" in "".join(shown)
