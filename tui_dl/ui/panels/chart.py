"""A chart of curves; it costs nothing while it is hidden."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Size

from tui_dl.drawing.chart_spec import ChartSpec
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.panels.panel import Panel

LEAST_WIDTH, LEAST_HEIGHT = 20, 4


class Chart(Panel):
    """A legend with the newest values, and below it the curves."""

    TAB = "curves"
    LEAST_SIZE = Size(LEAST_WIDTH + 4, 8)
    WEIGHT: ClassVar[int] = 1

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._drawn: object = None  # what the curves were drawn of
        self._curves: list[StyledLine] = []

    def chart_of(self, view: RunView) -> ChartSpec:
        """What is drawn of a moment."""
        raise NotImplementedError

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if width < LEAST_WIDTH or height < LEAST_HEIGHT or self.view is None:
            return []
        chart = self.chart_of(self.view)
        if chart.empty:
            middle: list[StyledLine] = [[] for _ in range(height // 2)]
            return [*middle, [(_waiting(self.view).center(width), "dim")]]
        from tui_dl.drawing.plot import plot  # plotext only once there is something to draw

        drawn = (chart.curves, width, height)
        if drawn != self._drawn:  # it takes 50 ms; the legend changes more often
            self._drawn, self._curves = drawn, plot(chart, width, height - 1)
        return [legend(chart, width), *self._curves]


def _waiting(view: RunView) -> str:
    """What to say while there is nothing to draw."""
    if view.compiling:
        return f"compiling {view.compiling}"
    return "no step yet" if view.live else "nothing was recorded"


def legend(chart: ChartSpec, width: int) -> StyledLine:
    """Each line's marker, name and newest value, as many as fit."""
    row: StyledLine = []
    left = width
    for line in reversed(chart.lines):  # the topmost first
        glyph = f"⠒{line.dot}⠤"
        entry: StyledLine = [(f"{glyph} ", line.style), (line.name, "dim")]
        entry += [(f" {line.value}", line.style)] if line.value else []
        entry += [("   ", "plain")]
        left -= length(entry)
        if left >= -len(entry[-1][0]):
            row += entry
    return row
