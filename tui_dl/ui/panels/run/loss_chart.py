"""The chart of the losses."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from tui_dl.drawing.chart_spec import ChartSpec, loss_chart
from tui_dl.runs.view import RunView
from tui_dl.ui.panels.chart import Chart


class LossChart(Chart):
    """Losses of training and validation, on a linear scale or by powers of ten."""

    ORDER = 1
    BORDER_TITLE = "Loss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "log_axis", "Log scale", tooltip="Loss on a log scale, or a linear one"),
    ]
    log_axis = reactive(False, repaint=False)

    def chart_of(self, view: RunView) -> ChartSpec:
        return loss_chart(view, self.log_axis)

    def action_log_axis(self) -> None:
        """Show the loss on a log scale, or on a linear one again."""
        self.log_axis = not self.log_axis

    def watch_log_axis(self) -> None:
        self.redraw()
