"""Base of all that is drawn row by row: only cells that changed are sent to the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip

from tui_dl.drawing.styled_text import STYLES, StyledLine, changed, fitted
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.resizable import Resizable


class Rows(Resizable):
    """Shows rows of styled text; the colour of a style is the theme's variable of that name.

    A panel implements `draw` and calls `redraw` when what it shows has changed.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # where it changes, nothing in it moves

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

    def on_mount(self) -> None:
        """Paint in the colours of another theme, once there is one."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._paint_anew())

    def _paint_anew(self) -> None:
        self.redraw()  # a light ground has other maps of colours
        self.refresh()

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
        width, style = self.content_size.width, self.visual_style.rich_style
        colours = self.app.theme_variables
        row = fitted(self.rows[y], width) if y < len(self.rows) else []
        strip = Strip(Segment(text, style + _style_of(name, colours)) for text, name in row)
        return strip.adjust_cell_length(width, style)


def _style_of(name: str, colours: Mapping[str, str]) -> Style:
    """The style of a piece of text: by the theme, or colours as Rich writes them."""
    if name in STYLES:
        return _coloured(colours[f"style-{name}"], name == "strong")
    return Style.parse(name)


@cache
def _coloured(colour: str, is_bold: bool) -> Style:
    return Style(color=Color.parse(colour).rich_color, bold=is_bold or None)
