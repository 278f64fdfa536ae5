"""The list of runs where there are more than rows."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.ui.app import TuiDl


@at_every_size
def test_a_long_list_leaves_room_for_curves_and_shows_that_there_is_more(
    size: tuple[int, int], tmp_path: Path
) -> None:
    run = Worker(tmp_path, "first-network").start().train(2).end("finished", best=2).run
    for minute in range(1, 50):
        copytree(run.path, tmp_path / f"20270115-08{minute:02}00-first-network-ab12")

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "1 ⠶ first-network" if size[1] > 16 else "first-network")
        await settle(app, pilot)
        shown = text(app)
        assert ("Validation loss" in shown) == (size[1] > 16)
        assert any(it.endswith("┃") for it in shown.splitlines())
        rows = sum("98.5 %" in it for it in shown.splitlines())
        assert rows >= size[1] // 3
        await pilot.press("end")
        await settle(app, pilot)
        assert sum("98.5 %" in it for it in text(app).splitlines()) == rows

    drive(tmp_path, None, walk, size)
