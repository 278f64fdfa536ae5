"""Changing a preset's values before training."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from tests.ui.screens import Session, at_every_size, drive, settle, text
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.setting_rows import SettingRows
from tui_dl.ui.screens.edit_preset import EditPreset
from tui_dl.ui.screens.home.course import CourseScreen

UNITS = ("slash", *"dense_1.units", "enter")  # keys that turn to this row


@at_every_size
def test_a_value_is_changed_and_trained(
    size: tuple[int, int], tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    async def change(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e")
        await settle(app, pilot)
        assert "train.optimizer.learning_rate = 0.001" in text(app)
        await pilot.press(*UNITS, *"12")
        await settle(app, pilot)
        assert "2,410 → 910 parameters" in text(app)
        assert "first-network · units=12" in text(app)
        await pilot.press("enter")
        await settle(app, pilot)

    drive(tmp_path, None, change, size)
    ((name, experiment),) = started
    assert name == "first-network-units-12"
    assert experiment.parameter_count == 910


def test_what_cannot_be_trained_says_why_and_is_not(
    tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    async def change(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e", *UNITS, *"no", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, EditPreset)
        says = "dense_1.units=no: expected a whole number"
        assert says in text(app)
        assert "--set" not in text(app)
        await pilot.press("ctrl+u", "enter")  # as it was
        await settle(app, pilot)

    drive(tmp_path, None, change)
    assert [name for name, _ in started] == ["first-network"]


def test_any_key_can_be_set_in_the_last_row(
    tmp_path: Path, started: list[tuple[str, Experiment]]
) -> None:
    async def change(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e", "end")
        await pilot.press(*"train.early_stopping.patience")
        await settle(app, pilot)
        assert "write KEY=VALUE" in text(app)
        await pilot.press(*"=3")
        await settle(app, pilot)
        assert "patience=3" in text(app)
        await pilot.press("up", "down")  # it stays
        assert app.screen.query_one(Input).value == "train.early_stopping.patience=3"
        await pilot.press("enter")
        await settle(app, pilot)

    drive(tmp_path, None, change)
    ((name, experiment),) = started
    assert name == "first-network-patience-3"
    assert experiment.train.early_stopping is not None


def test_escape_changes_nothing(tmp_path: Path, started: list[tuple[str, Experiment]]) -> None:
    async def leave(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e", *UNITS, *"12", "escape")
        await settle(app, pilot)
        assert isinstance(app.screen, CourseScreen)
        await pilot.press("e", *UNITS)
        assert app.screen.query_one(Input).value == "32"

    drive(tmp_path, None, leave)
    assert started == []


def test_a_clicked_row_is_edited(tmp_path: Path) -> None:
    async def click(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e")
        await settle(app, pilot)
        await pilot.click("SettingRows", offset=(6, 2))
        await settle(app, pilot)
        assert "train.l2 = 0" in text(app)

    drive(tmp_path, None, click)


def test_the_network_follows_what_is_typed(tmp_path: Path) -> None:
    async def change(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e", *UNITS, *"999")
        await settle(app, pilot)
        assert "dense_1 · relu  999" in text(app)

    drive(tmp_path, None, change, (120, 40))


def test_what_is_searched_in_vain_is_said(tmp_path: Path) -> None:
    async def search(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e", "slash", *"bias")
        await settle(app, pilot)
        assert "No row has bias. The last one (key End) takes any KEY=VALUE." in text(app)
        await pilot.press("ctrl+u", *"dense")
        await settle(app, pilot)
        assert "rows with dense: " in text(app)
        assert "⏎ Edit the row" in text(app)
        await pilot.press("enter")
        await settle(app, pilot)
        assert "nothing is changed" in text(app)

    drive(tmp_path, None, search)


def test_the_row_that_takes_any_key_is_always_in_sight(tmp_path: Path) -> None:
    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("down", "down", "e")
        await settle(app, pilot)
        (rows,) = app.screen.query(SettingRows)
        lines = rows.plain.splitlines()
        assert len(lines) == rows.size.height
        assert "another KEY=VALUE" in lines[-1]
        assert [line[-1] for line in lines[:-1]] == ["┃"] + ["│"] * (len(lines) - 2)
        await pilot.press(*["down"] * 8)
        await settle(app, pilot)
        assert "another KEY=VALUE" in rows.plain.splitlines()[-1]
        at = rows.at
        assert await pilot.click(SettingRows, (3, 0))
        await settle(app, pilot)
        assert rows.at == at - (rows.size.height - 1) // 2
        assert await pilot.click(SettingRows, (3, rows.size.height - 1))
        await settle(app, pilot)
        assert "another KEY=VALUE: " in text(app)

    drive(tmp_path, None, look, (60, 16))


def test_a_row_is_found_by_letters(tmp_path: Path, started: list[tuple[str, Experiment]]) -> None:
    async def search(app: TuiDl, pilot: Session) -> None:
        await pilot.press("e", "slash", *"EPOCHS", "enter", *"7", "slash", *"units", "escape")
        await settle(app, pilot)
        assert "dense_1.units = 32" in text(app)
        await pilot.press("home", "down")
        await settle(app, pilot)
        assert "train.epochs = 7" in text(app)
        await pilot.press("end", *"data.path=/x", "home", "slash", "escape", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, EditPreset)  # a path is typed, and no search begun
        assert "data.path=/x" in text(app)

    drive(tmp_path, None, search)
    assert started == []
