"""Notices on small terminals cover little, and go with the next key once they were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import SIZES, Session, at_every_size, drive, eventually, settle, text
from tui_dl.ui import notices
from tui_dl.ui.app import TuiDl

SMALL = SIZES[:2]
SAYS = "Training goes on."


@pytest.mark.parametrize("size", SMALL)
def test_a_notice_has_the_rows_that_it_needs_above_the_status(
    size: tuple[int, int], tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        before = text(app).splitlines()
        end = size[1] - 6  # below it: diagnosis, status and playhead
        for rows, says in enumerate((SAYS, " ".join([SAYS] * (size[0] // len(SAYS)))), 1):
            app.notify(says, title="Settings")
            await eventually(app, pilot, f"Settings: {SAYS}")
            after = text(app).splitlines()
            changed = [y for y in range(size[1]) if before[y] != after[y]]
            assert changed == [*range(end - rows, end)]
            app.clear_notifications()
            await settle(app, pilot)

    drive(tmp_path, worker.run, look, size)


@at_every_size
def test_the_next_key_takes_away_what_was_read(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(tmp_path).start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        app.notify(SAYS)
        app.notify("It cannot be written.", severity="error")
        await eventually(app, pilot, SAYS)
        await pilot.press("2")
        await settle(app, pilot)
        assert SAYS in text(app)  # there was no time to read it
        monkeypatch.setattr(notices, "READ", 0.0)
        await pilot.press("1")
        await settle(app, pilot)
        assert (SAYS in text(app)) is (size not in SMALL)
        assert "It cannot be written." in text(app)

    drive(tmp_path, worker.run, look, size)


@pytest.mark.parametrize("key", ["question_mark", "y"])
def test_what_informs_makes_way_for_a_window(key: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6)

    async def look(app: TuiDl, pilot: Session) -> None:
        app.notify(SAYS)
        app.notify("It is not remembered.", severity="warning")
        await eventually(app, pilot, SAYS)
        await pilot.press(key)
        await settle(app, pilot)
        assert SAYS not in text(app)
        assert "It is not remembered." in text(app)
        app.notify(SAYS)  # of what the window does
        await eventually(app, pilot, SAYS)

    drive(tmp_path, worker.run, look, (120, 40))
