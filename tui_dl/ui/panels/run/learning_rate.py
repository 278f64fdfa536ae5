"""The learning rate over the run, where it changes: one row below the charts."""

from __future__ import annotations

from textual.geometry import Size

from tui_dl.drawing.chart_view import per_epoch
from tui_dl.drawing.rate_row import changes, rate_row
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.view import RunView
from tui_dl.ui.panels.chart import CurvePanel


class LearningRate(CurvePanel, can_focus=False):
    """A bar a column, on the charts' axis, and the rate at the cursor or at the end."""

    ORDER = 3
    LEAST_SIZE = Size(24, 1)
    WEIGHT = 0

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return changes(view.curves.learning_rate)

    def rows_wanted(self, width: int) -> int:
        return 1

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self.view is None:
            return []
        cursor = self.shown.cursor
        epoch = None if cursor is None else cursor / per_epoch(self.view)
        return [rate_row(self.view.curves.learning_rate, self.shown.axis(self.view), width, epoch)]
