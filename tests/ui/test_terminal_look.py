"""What a terminal can show, by what its environment says, and what the heat map makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, settle
from tui_dl.drawing.colours import Depth
from tui_dl.drawing.heat_map import HATCH
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.run.gradient_heat_map import GradientHeatMap
from tui_dl.ui.terminal_look import look_of

TERMINALS: list[tuple[dict[str, str], Depth]] = [
    ({"COLORTERM": "truecolor", "TERM": "xterm"}, "true"),
    ({"COLORTERM": "", "TERM": "tmux-256color"}, "256"),
    ({"COLORTERM": "", "TERM": "xterm"}, "16"),
    ({"COLORTERM": "truecolor", "TERM": "xterm", "NO_COLOR": "1"}, "none"),
]


@pytest.mark.parametrize(("environment", "depth"), TERMINALS)
def test_the_terminal_says_what_it_can_show(
    environment: dict[str, str], depth: Depth, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    worker = Worker(tmp_path, "vanishing-gradient", layer_decay=0.15).start().train(6)
    colours: set[bool] = set()

    async def look(app: TuiDl, pilot: Session) -> None:
        assert look_of(app).colours == depth
        await pilot.press("2")
        await settle(app, pilot)
        panel = app.screen.query_one(GradientHeatMap)
        assert HATCH in panel.plain
        assert "vanishing: below 3.0e-05" in panel.plain
        styles = {style for row in panel.rows for _, style in row}
        colours.add(any("#" in style or "color(" in style for style in styles))
        assert ("█" in panel.plain) == (depth in ("16", "none"))

    drive(tmp_path, worker.run, look, (100, 30))
    assert colours == {depth in ("true", "256")}


def test_keys_choose_the_figure_and_read_a_layer(tmp_path: Path) -> None:
    worker = Worker(tmp_path, "vanishing-gradient", layer_decay=0.15).start().train(6)

    async def use(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await settle(app, pilot)
        panel = app.screen.query_one(GradientHeatMap)
        assert panel.border_title == "Gradient norm"
        await pilot.press("down", "down")
        assert "▸dense_2 1.7e-09 after step 120" in panel.plain
        await pilot.press("up", "up", "up")
        assert "▸dense_12 0.3000 after step 120" in panel.plain
        await pilot.press("u")
        assert panel.border_title == "Update / weight ratio"
        await pilot.press("u", "u")
        assert panel.border_title == "Gradient norm"  # this run has no statistics of activations

    drive(tmp_path, worker.run, use, (100, 30))
