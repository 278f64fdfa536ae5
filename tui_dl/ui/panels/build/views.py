"""Beside the rows of the builder: what the network costs, and the file as it is."""

from __future__ import annotations

from tui_dl.drawing.build_facts import Facts, build_facts, one_line
from tui_dl.drawing.styled_text import StyledLine, boxed
from tui_dl.ui.panels.rows import Rows


class FactRows(Rows):
    """Figures of the network, a row each, or all on one line where there is room for no more."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._facts = Facts()

    def show(self, facts: Facts) -> None:
        """Show other figures."""
        self._facts = facts
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        rows = [one_line(self._facts, width)] if height == 1 else build_facts(self._facts, width)
        return boxed(rows, width, height)


class FileText(Rows):
    """The text of the file; what is edited is in the middle, if it can be."""

    def __init__(self) -> None:
        super().__init__(id="build-text")
        self._lines: list[str] = []
        self._first = self._last = 0  # lines of the chosen row

    def show(self, text: str, first: int, last: int) -> None:
        """Show a text; lines from `first` to `last` are of the chosen row."""
        self._lines, self._first, self._last = text.rstrip("\n").split("\n"), first, last
        self.styles.max_height = len(self._lines) + self.gutter.height
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        top = max(min(self._first - height // 3, len(self._lines) - height), 0)
        rows: list[StyledLine] = []
        for number in range(top, min(top + height, len(self._lines))):
            line = self._lines[number]
            chosen = self._first <= number < self._last
            style = "plain" if chosen else "dim"
            rows.append([("▎" if chosen else " ", "train"), (line, style)])
        return boxed(rows, width, height)
