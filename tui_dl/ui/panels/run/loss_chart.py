"""The chart of the losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tui_dl.drawing.chart_spec import ChartSpec, loss_chart
from tui_dl.runs.view import RunView
from tui_dl.ui.panels.chart import Chart


class LossChart(Chart):
    """Losses of training and validation, on a linear scale or a log one."""

    ORDER = 1
    FILLS: ClassVar[Mapping[str, int]] = {"gradients": 1, "network": 0, "lesson": 0, "events": 0}
    BORDER_TITLE = "Loss"

    def chart_of(self, view: RunView) -> ChartSpec:
        return loss_chart(view, self.shown)
