"""A dashboard that is resized while it is used; names of every script; nothing is outside."""

from __future__ import annotations

import asyncio
import csv
import tempfile
from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, settle, text
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.process.origin import of_name
from tui_dl.support.terminal_text import printable
from tui_dl.ui.app import TuiDl
from tui_dl.ui.cell_updates import cells_of
from tui_dl.ui.messages import BuildWanted
from tui_dl.ui.panels.frame import LEAST_HEIGHT, LEAST_WIDTH
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.screens.home.data import DataScreen

HEAVY = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
QUICK = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=HEAVY,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
sizes = st.tuples(st.integers(20, 260), st.integers(5, 90))
keys = st.sampled_from(["1", "2", "3", "4", "5", "6", "escape", "z", "question_mark", "o", "a"])
SIGNS = [*"aZ9 .-한글日本ÃאבERT🙂 \t\x1b\x07\x9b\x00\x7f|<>&[]", "e\u0301", "ल्ल", "\u2764\ufe0f"]
SIGNS += ["👩\u200d🚀", "\u202e", "\u2066", "\u3164", "👍🏽", "🇰🇷"]
names = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=20).map("".join)


def rows_fit(app: TuiDl) -> None:
    """All rows are there, each as wide as the screen, and hold nothing that is no text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == height
    for strip in strips:
        assert strip.cell_length == width == len(cells_of(strip))
        line = "".join(segment.text for segment in strip)
        assert cell_len(line) == width
        assert line == printable(line)


@pytest.mark.slow
@QUICK
@given(st.lists(st.tuples(sizes, keys), min_size=3, max_size=8), st.booleans())
def test_any_size_at_any_time(walked: list[tuple[tuple[int, int], str]], at_run: bool) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        for size, key in walked:
            await pilot.resize_terminal(*size)
            await pilot.press(key)
            await settle(app, pilot)
            rows_fit(app)
            if size[0] < LEAST_WIDTH or size[1] < LEAST_HEIGHT:
                assert "tui-dl needs 60x16" in " ".join(text(app).split()) or app.screen.is_modal

    with tempfile.TemporaryDirectory() as home:
        run = Worker(Path(home)).start().train(9, best=7).diagnose().run
        drive(Path(home), run if at_run else None, walk)


@pytest.mark.slow
@QUICK
@given(names, names, names, st.sampled_from([(60, 16), (80, 24), (120, 40)]))
@example("\u2764\ufe0fa", "b\u2764\ufe0f", "\u2764\ufe0f", (80, 24))
def test_any_name_of_runs_columns_classes_and_titles(
    name: str, column: str, title: str, size: tuple[int, int]
) -> None:
    async def walk(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await settle(app, pilot)
        for key in (
            "space",
            "down",
            "space",
            "c",
            "escape",
            "up",
            "enter",
            "o",
            "escape",
            "b",
            "a",
        ):
            await pilot.press(key)
            await settle(app, pilot)
            rows_fit(app)
        await pilot.press("escape")
        app.screen.post_message(BuildWanted(of_name(str(folder / "mine.toml"))))
        await settle(app, pilot)
        rows_fit(app)
        await pilot.press("4")
        await settle(app, pilot)
        assert isinstance(app.screen, DataScreen)
        app.screen._open(str(folder / "mine.csv"))
        await settle(app, pilot)
        rows_fit(app)

    with tempfile.TemporaryDirectory() as there:
        folder = Path(there)
        old = Worker(folder / "runs", patience=3).start().train(3).end("finished", best=3).run
        named = name.replace("\0", "")
        old.path.rename(old.path.with_name(f"20270114-080000-lenet5-{named}-ab12"))
        Worker(folder / "runs").start().train(2)
        mine = {
            "title": title,
            "data": {"source": "digits"},
            "network": [{"kind": "flatten"}, {"kind": "dense", "units": 10}],
        }
        (folder / "mine.toml").write_text(tomli_w.dumps(mine))
        with (folder / "mine.csv").open("w", newline="") as file:
            rows = [[it % 7, f"{column}{it % 5}", f"{title}{it % 2}"] for it in range(60)]
            csv.writer(file).writerows([["size", column, title], *rows])
        drive(folder / "runs", None, walk, size)


class OneRow(Rows):
    """Rows of which there is one."""

    DEFAULT_CSS = "OneRow { height: 1; }"

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return [[("x" * width, "red")]] * height


class RowsAlone(App[None]):
    """An application of rows alone."""

    def compose(self) -> ComposeResult:
        yield OneRow()


def test_rows_of_another_size_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual would lay out and draw the whole screen again: 15 ms of a large one."""
    layouts = 0
    refresh = Screen._refresh_layout

    def counted(screen: Screen[object], size: Size | None = None, scroll: bool = False) -> None:
        nonlocal layouts
        layouts += 1
        refresh(screen, size, scroll)

    async def grow() -> None:
        async with RowsAlone().run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            monkeypatch.setattr(Screen, "_refresh_layout", counted)
            pilot.app.query_one(OneRow).styles.height = 9
            await pilot.pause(0.1)
            assert len(pilot.app.query_one(OneRow).rows) == 9

    asyncio.run(grow())
    assert layouts == 1
