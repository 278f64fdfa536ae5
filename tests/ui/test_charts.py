"""Keys of the charts: one cursor, zoom and axis for all of them; numbers are read exactly."""

from __future__ import annotations

from pathlib import Path

from tests.ui.fabricate import Worker
from tests.ui.screens import Session, drive, eventually, settle
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
