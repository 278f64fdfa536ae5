"""Wide letters over the edges of panels."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import SIZES, Session, drive, eventually, settle, text
from tui_dl.ui.app import TuiDl

LETTERS = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("size", SIZES)
def test_no_letter_of_a_toast_is_lost(size: tuple[int, int], shift: int, tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6).diagnose()

    async def look(app: TuiDl, pilot: Session) -> None:
        app.notify("x" * shift + LETTERS, title="Checkpoint")
        await eventually(app, pilot, "Checkpoint")
        await settle(app, pilot)
        shown = text(app)
        assert [it for it in LETTERS if it not in shown] == []
        before = shown
        app.screen.refresh()
        await settle(app, pilot)
        assert text(app) == before

    drive(tmp_path, worker.run, look, size)


@pytest.mark.parametrize("key", ["question_mark", "y"])
def test_no_letter_of_a_toast_over_a_window_is_lost(key: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press(key)
        await settle(app, pilot)
        app.notify(LETTERS, title="Checkpoint")
        await eventually(app, pilot, "Checkpoint")
        await settle(app, pilot)
        shown = text(app)
        assert [it for it in LETTERS if it not in shown] == []

    drive(tmp_path, worker.run, look, (80, 24))


def test_what_is_behind_a_toast_comes_back(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient").start().train(6).end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        before = text(app)
        app.notify(LETTERS, title="Checkpoint")
        await eventually(app, pilot, "Checkpoint")
        assert text(app) != before
        app.clear_notifications()
        await settle(app, pilot)
        assert text(app) == before

    drive(tmp_path, worker.run, look)
