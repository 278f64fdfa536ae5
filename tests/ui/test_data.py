"""The tab of data: a path is asked, its report shown, and a network trained on it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.spec.data import SOURCES
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.app import TuiDl
from tui_dl.ui.name_suggester import NameSuggester
from tui_dl.ui.panels.frame import WIDE
from tui_dl.ui.panels.preset_pictures import SamplesPicture
from tui_dl.ui.screens.home.data import DataScreen, Report


def test_a_table_is_reported_and_what_is_none_is_refused(tmp_path: Path) -> None:
    rows = [f"{it % 7}.5,{'red' if it % 2 else 'blue'},{'ab'[it % 3 == 0]}" for it in range(60)]
    table = tmp_path / "mine.csv"
    table.write_text("\n".join(["size,colour,kind", *rows]))

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4")
        await eventually(app, pilot, "Press o and write the path")
        assert isinstance(app.screen, DataScreen)
        app.screen._open(str(tmp_path / "none.csv"))
        await eventually(app, pilot, "none.csv")
        await settle(app, pilot)
        assert "t Train" not in text(app)
        app.screen._open(str(table))
        await eventually(app, pilot, "60 rows with a target")
        await settle(app, pilot)
        shown = text(app)
        assert "2 different" in shown
        assert "t Train" in shown

    drive(tmp_path / "runs", None, walk)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_samples_take_the_rows_that_are_free(size: tuple[int, int], tmp_path: Path) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4", "o", *"iris", "enter")
        await eventually(app, pilot, "150 rows with a target")
        for columns, rows in (size, (80, 24), size):  # each is arranged anew
            await pilot.resize_terminal(columns, rows)
            await settle(app, pilot)
            shown = text(app).splitlines()
            samples = sum("→ " in it for it in shown)
            beside = any("→ " in it and "33.3 %" in it for it in shown)
            assert beside == (columns >= WIDE)
            assert samples == {24: 7, 40: 17, 60: 55}[rows]
            assert ("virginica" in shown[-3]) == (rows == 40)  # the report is whole, and ends there
        await pilot.press("o", *"digits", "enter")
        await eventually(app, pilot, "1,259 to train on")
        await settle(app, pilot)
        rows = app.screen.query_one(SamplesPicture).size.height
        assert app.screen.query_one(Report).region.y == 2 + rows + 1  # right below them

    drive(tmp_path / "runs", None, walk, size)


def test_a_source_is_opened_by_its_name_which_is_completed(
    tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("4", "o", *"digi")
        await settle(app, pilot)
        assert "digits" in text(app)
        await pilot.press("tab", "enter")
        await eventually(app, pilot, "1,259 to train on")
        await pilot.press("o", *"digitz", "enter")
        await eventually(app, pilot, "did you mean 'digits'?")
        await pilot.press("o", *"moons", "enter")
        await eventually(app, pilot, "2,000 samples")
        await settle(app, pilot)
        await pilot.press("b")
        await eventually(app, pilot, "dense units=16")
        await pilot.press("t")
        await settle(app, pilot)

    drive(tmp_path / "runs", None, walk)
    ((name, experiment),) = started
    assert name == "moons"
    assert experiment.data == SOURCES["moons"]()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("mo", "moons"), ("ta", "tables/"), ("tables/m", "tables/mine.csv"), ("tables/.", None),
     ("none/", None), ("", None)],
)  # fmt: skip
def test_names_and_paths_are_completed(
    typed: str, suggested: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("mine.csv", "mine2.csv", "m\x1b[31m.csv"):
        (tmp_path / "tables" / name).touch()
    monkeypatch.chdir(tmp_path)
    assert asyncio.run(NameSuggester(["moons"]).get_suggestion(typed)) == suggested
