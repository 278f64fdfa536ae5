"""The list of runs where there are more than rows."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, at_every_size, drive, eventually, settle, text
from tui_dl.drawing.run_list import head
from tui_dl.runs.entries import ORDERS
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run_list import RunList


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


def test_a_list_that_gets_more_room_shows_the_newest_run_again(tmp_path: Path) -> None:
    for name in ("first-network", "vanishing-gradient", "lenet5"):
        Worker(tmp_path, name).start().train(2).end("finished", best=2)

    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "vanishing")
        runs = app.screen.query_one(RunList)
        newest = runs.entries[0].title
        runs.styles.height = 2  # its head, and one run
        await settle(app, pilot)
        runs.highlight(runs.entries[1].run)
        await settle(app, pilot)
        assert newest not in runs.plain
        runs.styles.height = 3  # not enough for all three
        await settle(app, pilot)
        assert newest in runs.plain

    drive(tmp_path, None, walk)


def test_an_arrow_moves_no_column() -> None:
    heads = {head(120, order, True)[0][0] for order in ORDERS}
    assert len({len(it) for it in heads}) == 1
    assert len({it.replace("↑", " ").index("curve") for it in heads}) == 1
