"""Settings of an experiment, a row each: key and value; those that were changed are marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.events import Click
from textual.message import Message

from tui_dl.drawing.scroll_bar import with_bar
from tui_dl.drawing.styled_text import StyledLine, column, cut_front, fitted
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.terminal_look import look_of

LEAST = 8  # cells of a value


class SettingRows(Rows):
    """As many rows as fit, among them the one that is edited, and always the last one.

    Attributes:
        at: the index of the row that is edited.
    """

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self.at = 0
        self._keys, self._values, self._changed = keys, [""] * len(keys), set[int]()

    def turn_to(self, row: int, values: Sequence[str], changed: set[int]) -> None:
        """Show `values`, with one row marked as the one that is edited."""
        self.at, self._values, self._changed = row, [*values], changed
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        shown, more = self._shown(height), len(self._keys) > height
        width -= 2 * more  # the bar's
        longest = max(map(cell_len, self._keys))
        room = max(min(longest, width - 5 - LEAST), LEAST)
        rows: list[StyledLine] = []
        for row in [*shown, len(self._keys) - 1]:
            changed, edited = row in self._changed, row == self.at
            key = cut_front(printable(self._keys[row]), room)
            rows.append(
                [
                    ("▸ " if edited else "  ", "strong"),
                    ("● " if changed else "  ", "second"),
                    (column(key, room), "strong" if edited else "dim"),
                    (f" {printable(self._values[row])}", "second" if changed else "plain"),
                ]
            )
        if not more:
            return rows
        *above, last = (fitted(it, width) for it in rows)
        bar = with_bar(above, shown, len(self._keys) - 1, width + 2, look_of(self.app))
        return [*bar, last]

    def on_click(self, event: Click) -> None:
        """Tell which row was clicked."""
        rows = [*self._shown(self.content_size.height), len(self._keys) - 1]
        if event.y < len(rows):
            self.post_message(self.Chosen(rows[event.y]))

    def _shown(self, height: int) -> range:
        """Which rows stand above the last one: the edited one is in the middle if it can be."""
        room, count = max(height - 1, 0), len(self._keys) - 1
        first = max(min(self.at - room // 2, count - room), 0)
        return range(first, min(first + room, count))
