"""The app under a Pilot, and its screen as plain text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from tui_dl.runs.folder import Run
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.status_lines import StatusLines
from tui_dl.ui.screens.run import RunScreen

Drive = Callable[[TuiDl, Pilot[Run | None]], Awaitable[None]]
SIZES = ((60, 16), (80, 24), (120, 40), (200, 60))


def text(app: TuiDl) -> str:
    """What the terminal shows, row by row."""
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip()
        for strip in app.screen._compositor.render_strips()
    )


async def settle(app: TuiDl, pilot: Pilot[Run | None]) -> None:
    """Wait until a run screen has received its first snapshot, and all is drawn."""
    for _ in range(200):
        await pilot.pause()
        screen = app.screen
        if not isinstance(screen, RunScreen) or screen.query_one(StatusLines).view is not None:
            break
        await asyncio.sleep(0.02)
    shown, unchanged = "", 0
    for _ in range(100):  # a panel's new size is known to it by a message, which may come late
        await pilot.pause()
        unchanged = unchanged + 1 if text(app) == shown else 0
        if unchanged == 4:
            break
        shown = text(app)
        await asyncio.sleep(0.02)


async def eventually(app: TuiDl, pilot: Pilot[Run | None], words: str, seconds: float = 10) -> None:
    """Wait until the screen says `words`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await pilot.pause()
        if words in text(app):
            return
        await asyncio.sleep(0.03)
    raise AssertionError(f"{words!r} is not in\n{text(app)}")


def drive(
    home: Path,
    run: Run | None,
    steps: Drive,
    size: tuple[int, int] = (120, 40),
    warms_up: bool = False,
) -> Run | None:
    """Open the dashboard, let `steps` use it, and return what it returns."""
    app = TuiDl(home, run, warms_up)

    async def session() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(app, pilot)
            await steps(app, pilot)

    asyncio.run(session())
    return app.return_value
