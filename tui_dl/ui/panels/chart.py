"""A chart of curves; it costs nothing while it is hidden."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.drawing.chart_spec import ChartSpec
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.runs.view import READING
from tui_dl.ui.panels.rows import Rows

LEAST_WIDTH, LEAST_HEIGHT = 20, 4


class Chart(Rows):
    """A legend with the newest values, and below it the curves."""

    chart: reactive[ChartSpec | None] = reactive(None, repaint=False)
    waiting = reactive(READING, repaint=False)  # what to say while there is nothing to draw

    def __init__(self, title: str, id: str) -> None:
        super().__init__(id=id)
        self.border_title = title
        self._drawn: object = None  # what the curves were drawn of
        self._curves: list[StyledLine] = []

    def watch_chart(self) -> None:
        self.redraw()

    def watch_waiting(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if width < LEAST_WIDTH or height < LEAST_HEIGHT:
            return []
        if self.chart is None or self.chart.empty:
            middle: list[StyledLine] = [[] for _ in range(height // 2)]
            return [*middle, [(self.waiting.center(width), "dim")]]
        from tui_dl.drawing.plot import plot  # plotext only once there is something to draw

        drawn = (self.chart.curves, width, height)
        if drawn != self._drawn:  # it takes 50 ms; the legend changes more often
            self._drawn, self._curves = drawn, plot(self.chart, width, height - 1)
        return [legend(self.chart, width), *self._curves]


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
