"""Settings of an experiment, a row each: key and value; those that were changed are marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.events import Click
from textual.message import Message

from tui_dl.drawing.styled_text import StyledLine, column, cut_front
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.rows import Rows

LEAST = 8  # cells of a value


class SettingRows(Rows):
    """As many rows as fit, among them the one that is edited.

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
        first = self._first(height)
        longest = max(map(cell_len, self._keys))
        room = max(min(longest, width - 5 - LEAST), LEAST)
        rows: list[StyledLine] = []
        for row in range(first, min(first + height, len(self._keys))):
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
        return rows

    def on_click(self, event: Click) -> None:
        """Tell which row was clicked."""
        row = self._first(self.content_size.height) + event.y
        if row < len(self._keys):
            self.post_message(self.Chosen(row))

    def _first(self, height: int) -> int:
        """The first row that is shown, so that the edited one is in the middle if it can be."""
        return max(min(self.at - height // 2, len(self._keys) - height), 0)
