"""Keys of the charts: one cursor, zoom and axis for all of them; numbers are read exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle, text
from tui_dl.drawing.chart_view import ChartView
from tui_dl.ui.app import TuiDl
from tui_dl.ui.panels.chart import Chart


def test_keys_change_all_charts_and_can_be_undone(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def press(app: TuiDl, pilot: Session) -> None:
        await pilot.press("left", "left", "shift+left")
        await eventually(app, pilot, "each step 0.", "step 0.")
        charts = [*app.screen.query(Chart)]
        assert len({chart.shown for chart in charts}) == 1
        assert all("╎" in chart.plain for chart in charts)
        await pilot.press("plus", "plus", "x", "m")
        await settle(app, pilot)
        assert charts[0].shown.window is not None
        assert charts[0].shown.smoothing == 4
        await pilot.press("0", "x", "x", "M", "escape")
        await settle(app, pilot)
        assert {chart.shown for chart in charts} == {ChartView()}
        await eventually(app, pilot, "mean of 20 steps")

    drive(tmp_path, worker.run, press, (120, 40))


@pytest.mark.parametrize("size", [(60, 16), (120, 40)])
def test_what_smooths_the_curve_stands_beside_a_number_at_the_cursor_only(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    worker = Worker(tmp_path).start().compile(2).train(9, best=7)

    async def look(app: TuiDl, pilot: Session) -> None:
        await eventually(app, pilot, " curve: mean of 20 steps ─╯")
        chart = app.screen.query(Chart).first()
        assert "train 0.1095" in chart.plain  # of the epoch
        assert "mean of" not in chart.plain
        await pilot.press("left", "m")
        await eventually(app, pilot, " curve: mean of 80 steps ─╯")

    drive(tmp_path, worker.run, look, size)


def test_the_axis_of_seconds_says_that_they_are_of_steps_alone(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("x", "x")
        await eventually(app, pilot, " axis: seconds of the steps alone ─╯")
        await pilot.press("x")
        await eventually(app, pilot, " curve: mean of 20 steps ─╯")

    drive(tmp_path, worker.run, look)


def _ticks(app: TuiDl) -> list[str]:
    """What is written below the first heat map."""
    row = next(row for row in text(app).splitlines() if "│  step " in row)
    return row.partition("step")[2].split()


def test_the_heat_map_is_on_the_axis_of_the_charts(tmp_path: Path) -> None:
    worker = Worker(tmp_path).start().train(6).end("finished", best=6)

    async def look(app: TuiDl, pilot: Session) -> None:
        await pilot.press("2")
        await eventually(app, pilot, "│  epoch ")
        await pilot.press("x")
        await eventually(app, pilot, "│  step ")
        assert _ticks(app)[0] == "0"
        await pilot.press("plus")
        while _ticks(app)[0] == "0":  # half of the run is left, its end
            await pilot.pause(0.05)

    drive(tmp_path, worker.run, look)
