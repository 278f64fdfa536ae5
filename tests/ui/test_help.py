"""The help window: all keys that act, by what they are keys of, and how to read a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import ActiveBinding, Binding
from textual.widgets import Static

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.help import help_text


@pytest.mark.parametrize("width", [51, 68, 100])
def test_a_long_meaning_stays_in_its_column(width: int) -> None:
    says = "what this key does in so many words that no terminal has a row for all of it " * 2
    node = TuiDl(Path())
    active = ActiveBinding(node, Binding("ctrl+e", "help", says), enabled=True, tooltip="")
    _, *rows = help_text([active], width).plain.partition("Reading")[0].splitlines()
    assert " ".join(row[14:] for row in rows) == says.strip()
    assert [row[:14].strip() for row in rows] == ["ctrl+e", *[""] * (len(rows) - 1)]
    assert max(map(len, rows)) <= width


def test_keys_of_every_tab_stand_below_a_title(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(3)

    async def look(app: TuiDl, pilot: Session) -> None:
        for tab in "123456":
            await pilot.press(tab, "question_mark")
            await settle(app, pilot)
            rows = str(app.screen.query_one(Static).render()).splitlines()
            assert all(row.strip() for row in rows)
            assert "None" not in rows
            await pilot.press("escape")
            await settle(app, pilot)

    drive(tmp_path, worker.run, look, (120, 40))


@pytest.mark.parametrize(("size", "more"), [((60, 16), True), ((80, 24), True), ((120, 60), False)])
def test_help_says_that_it_goes_on_below(size: tuple[int, int], more: bool, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(1)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("question_mark")
        await settle(app, pilot)
        assert ("↑ ↓ for more, esc closes" in text(app)) == more
        assert ("faint: single steps" in text(app)) != more
        await pilot.press("end")
        await eventually(app, pilot, "faint: single steps")

    drive(tmp_path, worker.run, look, size)
