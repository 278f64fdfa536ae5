"""The rows of the builder, of which one is chosen; it is edited where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from textual.events import Click
from textual.message import Message

from tui_dl.drawing.build_rows import MARK, Columns, build_row, columns, heading
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.spec.outline import OutlineRow
from tui_dl.support.translations import tr
from tui_dl.ui.panels.rows import Rows

ANOTHER = "another key = value"  # the last row: any key that is not in the file
ABOVE = 1  # rows above the first one: the names of columns


class LayerRows(Rows):
    """As many rows as fit, among them the chosen one; a blank parts layers and other keys.

    Attributes:
        at: the index of the chosen row; that after the last one is for another key.
    """

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Drawn(Message):
        """The chosen row may stand elsewhere on the screen."""

    def __init__(self) -> None:
        super().__init__(id="build-rows")
        self.at = 0
        self._rows: list[OutlineRow] = []
        self._times: Mapping[str, float] = {}
        self._are_old = False

    def show(
        self, rows: list[OutlineRow], times: Mapping[str, float], at: int, are_old: bool
    ) -> None:
        """Show rows, the one at `at` being chosen; `are_old`: the file does not say them now."""
        self._rows, self._times, self.at, self._are_old = rows, times, at, are_old
        self.styles.max_height = ABOVE + len(self._lines()) + self.gutter.height
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        widths = columns(self._rows, width, bool(self._times))
        shown = self._lines()[self._first(height) :][: max(height - ABOVE, 0)]
        self.post_message(self.Drawn())
        return [heading(widths), *(self._draw_line(it, widths) for it in shown)]

    def _draw_line(self, line: int | None, widths: Columns) -> StyledLine:
        if line is None:
            return []
        if line == len(self._rows):
            chosen = line == self.at
            return [
                (f"{'▸' if chosen else ' ':<{MARK}}", "train"),
                (tr(ANOTHER), "strong" if chosen else "dim"),
            ]
        row = self._rows[line]
        drawn = build_row(row, widths, self._times, line == self.at, row.depth > 0)
        return [(text, "dim") for text, _ in drawn] if self._are_old else drawn

    def _lines(self) -> list[int | None]:
        """The row of each line; None of a blank."""
        layers = [index for index, row in enumerate(self._rows) if row.is_layer]
        others = range(len(layers), len(self._rows) + 1)
        return [*layers, None, *others]

    def _first(self, height: int) -> int:
        """The first line that is shown, so that the chosen one is in the middle if it can be."""
        lines, room = self._lines(), height - ABOVE
        return max(min(lines.index(self.at) - room // 2, len(lines) - room), 0)

    @property
    def place(self) -> tuple[int, int]:
        """Column and row, in this panel, of the text of the chosen row."""
        first = self._first(self.content_size.height)
        return MARK, ABOVE + self._lines().index(self.at) - first

    def on_click(self, event: Click) -> None:
        """Say which row was clicked."""
        lines = self._lines()
        line = self._first(self.content_size.height) + event.y - self.gutter.top - ABOVE
        if 0 <= line < len(lines) and (row := lines[line]) is not None:
            self.post_message(self.Clicked(row))
