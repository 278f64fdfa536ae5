"""Base of panels that have more rows than there is room for, and scroll by keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import MouseScrollDown, MouseScrollUp
from textual.reactive import reactive

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.support.translations import tr
from tui_dl.ui.panels.panel import Panel

WHEEL = 3  # rows of a turn of the mouse wheel


class ScrollingPanel(Panel):
    """Shows a part of its rows; a panel implements `all_rows`, and may keep to the last ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_rows(1)", "Scroll", key_display="↑ ↓", tooltip="A row down, up"),
        Binding("up,k", "scroll_rows(-1)", "Scroll", show=False, tooltip="A row up, down"),
        Binding("j", "scroll_rows(1)", "Scroll", show=False),
        Binding("pagedown", "scroll_pages(1)", "Page down", show=False, tooltip="A page down, up"),
        Binding("pageup", "scroll_pages(-1)", "Page up", show=False, tooltip="A page up, down"),
    ]
    FOLLOWS: ClassVar[bool] = False  # whether it shows its last rows until it is scrolled up

    top: reactive[int | None] = reactive(None, repaint=False)  # row at the top; None: as at first

    def all_rows(self, width: int) -> list[StyledLine]:
        """All rows, each of at most `width` cells."""
        raise NotImplementedError

    def head_rows(self, width: int) -> list[StyledLine]:
        """Rows above them that do not scroll."""
        return []

    def rows_wanted(self, width: int) -> int:
        return len(self.head_rows(width)) + len(self.all_rows(width))

    def draw(self, width: int, height: int) -> list[StyledLine]:
        head, rows = self.head_rows(width), self.all_rows(width)
        room = max(height - len(head), 1)
        most = max(len(rows) - room, 0)
        top = self._place(most)
        place = f"{top + 1}–{top + room}"
        more = tr("{place} of {count}", place=place, count=len(rows)) if most else ""
        self.set_titles(str(self.border_title or ""), more)
        return [*head, *rows[top : top + room]]

    def _place(self, most: int) -> int:
        """The row at the top, at most `most`."""
        if self.top is None:
            return most if self.FOLLOWS else 0
        return min(self.top, most)

    def watch_top(self) -> None:
        self.redraw()

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll by some rows; at the end of rows that are followed, follow them again."""
        width, height = self.content_size
        room = max(height - len(self.head_rows(width)), 1)
        most = max(len(self.all_rows(width)) - room, 0)
        top = min(max(self._place(most) + rows, 0), most)
        self.top = None if self.FOLLOWS and top == most else top

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by what is shown at once."""
        self.action_scroll_rows(pages * max(self.content_size.height - 1, 1))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll down."""
        self.action_scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up."""
        self.action_scroll_rows(-WHEEL)
