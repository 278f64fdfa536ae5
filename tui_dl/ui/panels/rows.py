"""Base of all that is drawn row by row: only cells that changed are sent to the terminal."""

from __future__ import annotations

from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui_dl.drawing.styled_text import STYLES, StyledLine, changed
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.resizable import Resizable


class Rows(Resizable):
    """Shows rows of styled text; the colour of a style is the CSS of ``.style--<name>``.

    A panel implements `draw` and calls `redraw` when what it shows has changed.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"style--{style}" for style in STYLES}

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: list[StyledLine] = []

    def draw(self, width: int, height: int) -> list[StyledLine]:
        """What the panel shows in `width` x `height` cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw, unless the panel is hidden: it is drawn when it is shown."""
        if size := self.content_size:
            self.set_lines(self.draw(*size))

    def size_changed(self) -> None:
        self.redraw()

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

    def set_titles(self, title: str, subtitle: str) -> None:
        """Write into the border, if that changes: Textual repaints the widget even if not."""
        if self.border_title != title:
            self.border_title = title
        if self.border_subtitle != subtitle:
            self.border_subtitle = subtitle

    @property
    def plain(self) -> str:
        """What is shown, without styles."""
        return "\n".join("".join(text for text, _ in row) for row in self.rows)

    def render_line(self, y: int) -> Strip:
        width, style = self.content_size.width, self.rich_style
        row = self.rows[y] if y < len(self.rows) else []
        strip = Strip(Segment(text, self._style_of(name, style)) for text, name in row)
        return strip.adjust_cell_length(width, style)

    def _style_of(self, name: str, plain: Style) -> Style:
        """The style of a piece of text: by the theme, or colours as Rich writes them."""
        if name in STYLES:
            return self.get_component_rich_style(f"style--{name}")
        return plain + Style.parse(name)
