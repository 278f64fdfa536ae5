"""What is drawn depends on the size and the run, not on the order in which they arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import SIZES, Session, drive, frame_of, settle, text
from tui_dl.runs.folder import Run
from tui_dl.runs.playback import Frame
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.panel import Panel
from tui_dl.ui.screens.run import RunRead, RunScreen

Size = tuple[int, int]
LOG = "Traceback\n  step 81\nFloatingPointError: loss is not finite\n"


def stages(home: Path) -> list[Frame]:
    """Frames of a run at moments after which other panels are shown."""
    worker = Worker(home, "vanishing-gradient", layer_decay=0.15)
    steps: list[Callable[[], object]] = [
        lambda: worker,
        lambda: worker.start().compile(2),
        lambda: worker.train(6).diagnose(),
        lambda: worker.fail("the loss is not finite at step 81", LOG),
    ]
    views = []
    for step in steps:
        step()
        views.append(frame_of(worker.run, 60))
    return views


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids="{0[0]}x{0[1]}".format)
def test_sizes_and_views_may_come_in_any_order(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = stages(tmp_path)
    first = RunRead(views[0])  # the others are posted here, not by the thread
    monkeypatch.setattr(RunScreen, "on_mount", lambda self: self.post_message(first))
    screens: list[str] = []

    async def play(
        app: TuiDl, pilot: Session, moves: Sequence[Frame | Size], pause: float | None
    ) -> None:
        for move in moves:
            if isinstance(move, Frame):
                app.screen.post_message(RunRead(move))
            else:
                await pilot.resize_terminal(*move)
            if pause is not None:
                await pilot.pause(pause)
        await settle(app, pilot)
        screens.append(text(app))

    other = SIZES[3 - SIZES.index(size)]
    orders: list[list[Frame | Size]] = [
        [size, *views],
        [*views, size],
        [views[0], other, views[1], size, views[2], other, views[3], size],
        [other, views[3], (59, 15), size],
        [other, views[2], size, views[3]],
    ]
    (run,) = (Run(path) for path in tmp_path.iterdir())
    for moves, pause in zip(orders, (None, 0.05, 0.0, 0.05, None), strict=True):

        async def session(app: TuiDl, pilot: Session) -> None:
            await play(app, pilot, moves, pause)  # noqa: B023

        drive(tmp_path, run, session, other)
    assert set(screens) == {screens[0]}


@pytest.mark.parametrize("size", SIZES[2:])
@pytest.mark.parametrize(("key", "title"), [("5", "Lesson"), ("6", "Events")])
def test_a_chart_fills_what_a_short_text_leaves(
    key: str, title: str, size: Size, tmp_path: Path
) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press(key)
        await settle(app, pilot)
        rows = text(app).splitlines()
        titles = [row for row in rows if row.startswith("╭─ ")]
        assert [it.split()[1] for it in titles] == [title, "Loss"]
        ends = [row for row in rows if row.startswith("╰")]
        assert "–" not in ends[0]  # nothing of the text is left out
        assert max(y for y, row in enumerate(rows) if row.startswith("╰")) >= size[1] - 6

    drive(tmp_path, worker.run, look, size)


@pytest.mark.parametrize(("key", "last"), [("1", "Network"), ("2", "Loss"), ("4", "Loss")])
def test_rows_below_the_lesson_are_not_hollow(key: str, last: str, tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press(key)
        await settle(app, pilot)
        shown = {it.panel_title: it.region for it in app.screen.query(Panel) if it.region}
        lesson, below = shown["Lesson"], shown[last]
        assert (below.x, below.y, below.width) == (lesson.x, lesson.bottom, lesson.width)

    drive(tmp_path, worker.run, look, (250, 80))
