"""Base of all that is drawn row by row: only rows that changed are sent to the terminal."""

from __future__ import annotations

from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui_dl.drawing.styled_text import STYLES, StyledLine, changed
from tui_dl.support.terminal_text import printable


class Rows(Widget):
    """Shows rows of inked text; an ink's colour is the CSS of ``.ink--<name>``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"ink--{style}" for style in STYLES}

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: list[StyledLine] = []

    def set_lines(self, rows: list[StyledLine]) -> None:
        """Show `rows`; Textual repaints whole widgets, so the comparing is done here."""
        width = self.content_size.width
        rows = [[(printable(text), style) for text, style in row] for row in rows]
        old, self.rows = self.rows, rows
        nothing: StyledLine = []
        for y, (before, now) in enumerate(zip_longest(old, rows, fillvalue=nothing)):
            if before != now:
                first, end = changed(before, now, width)
                self.refresh(Region(first, y, end - first, 1))

    @property
    def plain(self) -> str:
        """What is shown, without inks."""
        return "\n".join("".join(text for text, _ in row) for row in self.rows)

    def render_line(self, y: int) -> Strip:
        width, style = self.content_size.width, self.rich_style
        row = self.rows[y] if y < len(self.rows) else []
        strip = Strip(
            Segment(text, self.get_component_rich_style(f"ink--{style}")) for text, style in row
        )
        return strip.adjust_cell_length(width, style)
