"""On a terminal that is too small a notice stands alone, and no key acts but those that quit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.home.build import BuildScreen


def words(app: TuiDl) -> str:
    return " ".join(text(app).split())


@pytest.mark.parametrize("size", [(40, 10), (20, 5)])
def test_no_key_acts_unseen_and_no_toast_is_drawn(size: tuple[int, int], tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        app.notify("It cannot be written.", severity="error")
        await settle(app, pilot)
        while not app.live:
            await pilot.pause(0.05)
        await pilot.resize_terminal(*size)
        await settle(app, pilot)
        needs = f"tui-dl needs 60x16; this terminal is {size[0]}x{size[1]}."
        assert words(app) == f"{needs} Training goes on. q quits."
        shown = app.screen
        await pilot.press("s", "y", "c", "p", "ctrl+p", "question_mark", "2", "escape")
        await settle(app, pilot)
        assert app.screen is shown
        worker.end("stopped", best=2)
        while app.live:
            await pilot.pause(0.05)
        await settle(app, pilot)
        assert words(app) == f"{needs} q quits."

    drive(tmp_path, worker.run, press)
    assert not [*worker.run.control.iterdir()]


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
def test_what_quits_does_so_also_below_a_window(key: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(2)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("s")
        await eventually(app, pilot, "Stop lenet5?")
        await pilot.resize_terminal(40, 10)
        await pilot.press("y", key)
        assert app._exit

    drive(tmp_path, worker.run, press)
    assert not [*worker.run.control.iterdir()]


def test_what_would_be_lost_is_not_lost_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BuildScreen, "unsaved", "What was built is saved in no file.")

    async def press(app: TuiDl, pilot: Session) -> None:
        app.home_screen("build")
        await pilot.resize_terminal(20, 5)
        await pilot.press("q")
        await settle(app, pilot)
        says = "What was built is saved in no file. To quit, enlarge the terminal."
        assert words(app) == says
        await pilot.resize_terminal(80, 24)
        await pilot.press("q")
        await eventually(app, pilot, "Quit?")

    drive(tmp_path, None, press)
