"""The app under a Pilot, and its screen as plain text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from textual.pilot import Pilot

from tui_dl.runs.folder import Run
from tui_dl.runs.playback import Frame, Playback
from tui_dl.spec.course.lesson import Language
from tui_dl.support.translations import use
from tui_dl.ui.app import TuiDl
from tui_dl.ui.screens.home_screen import HomeScreen
from tui_dl.ui.screens.run import RunScreen

Session = Pilot[Run | None]
Drive = Callable[[TuiDl, Session], Awaitable[None]]
SIZES = ((60, 16), (80, 24), (120, 40), (200, 60))

QUICK = (80, 24)  # the size that `make check` looks at

# A test with a `size`: on all of them.
at_every_size = pytest.mark.parametrize(
    "size",
    [pytest.param(it, marks=() if it == QUICK else pytest.mark.slow) for it in SIZES],
    ids="{0[0]}x{0[1]}".format,
)


def text(app: TuiDl) -> str:
    """What the terminal shows, row by row."""
    return "\n".join(
        "".join(segment.text for segment in strip).rstrip()
        for strip in app.screen._compositor.render_strips()
    )


def frame_of(run: Run, columns: int = 100) -> Frame:
    """What a screen shows of a run as it is now."""
    frame = Playback(run, False, SimpleQueue()).look(columns, 0.0)
    assert frame is not None
    return frame


async def settle(app: TuiDl, pilot: Session, seconds: float = 120) -> None:
    """Wait until a run screen has a view of its run, and no widget has a message left."""
    end = time.monotonic() + seconds
    rested = 0
    while time.monotonic() < end:
        if app.crash:
            raise app.crash
        await pilot.pause(0)  # until all that is now in the queues has been handled
        left = _what_is_left(app)
        rested = 0 if left else rested + 1
        if rested == 2:  # a thread may have posted something while the queues were looked at
            return
    raise AssertionError(f"the screen never came to rest: {left}\n{text(app)}")


def _what_is_left(app: TuiDl) -> list[str]:
    """What is still to come: a view, a layout, a callback, or messages of widgets."""
    screen = app.screen
    left = [] if app._taking is None or app._taking.done() else ["keys"]
    if isinstance(screen, RunScreen) and screen.area.view is None:
        left.append("a view")
    if isinstance(screen, HomeScreen) and screen.busy:
        left.append("something to read")
    if screen._layout_required:
        asked = {str(it): [*map(str, by)] for it, by in screen._layout_widgets.items()}
        active: Any = screen._update_timer._active
        timer = "runs" if active.is_set() else "is paused"
        left.append(f"a layout, {asked}; its timer {timer}, {app._batch_count} batches")
    left += [f"a callback: {callback}" for callback in screen._callbacks]
    for pump in [app, *screen.walk_children(with_self=True)]:
        queue: Any = pump._message_queue if pump.is_running else None
        if queue and not (queue.empty() and queue.ready_event._waiters):
            left.append(f"{pump}: {queue.qsize()} messages, {queue.ready_event._waiters}")
    return left


async def eventually(app: TuiDl, pilot: Session, *words: str, seconds: float = 60) -> None:
    """Wait until the screen says one of `words`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await pilot.pause()
        shown = text(app)
        if any(word in shown for word in words):
            return
        await asyncio.sleep(0.03)
    raise AssertionError(f"none of {words} is in\n{text(app)}")


def drive(
    home: Path,
    run: Run | None,
    steps: Drive,
    size: tuple[int, int] = (120, 40),
    warms_up: bool = False,
    reads: bool = True,
    language: Language = "en",
) -> Run | None:
    """Open the dashboard, let `steps` use it once the run was read, return what it returns."""
    app = TuiDl(home, run, warms_up, language=language)

    async def session() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            if reads:
                await settle(app, pilot)
            await steps(app, pilot)

    try:
        asyncio.run(session())
    finally:
        use("en")  # for whatever is tested next
    return app.return_value
