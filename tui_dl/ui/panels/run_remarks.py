"""The row below a list of runs that says what is the matter with the highlighted one."""

from __future__ import annotations

from tui_dl.drawing.run_list import remarks_row
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.entries import Entry
from tui_dl.ui.panels.rows import Rows


class RunRemarks(Rows):
    """One row; it is empty for a run with which nothing is the matter."""

    _entry: Entry | None = None

    def show(self, entry: Entry | None) -> None:
        """Say what is the matter with a run."""
        self._entry = entry
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return [remarks_row(self._entry)] if self._entry else []
