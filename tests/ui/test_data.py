"""The tab of data: a path is asked, its report shown, and a network trained on it."""

from __future__ import annotations

from pathlib import Path

from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.home.data import DataScreen


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
