"""Text from files and names, shown as it is: without markup and without control characters."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from tui_dl.support.terminal_text import UNFIT, is_printable, printable


def plain(text: str) -> Content:
    """`text` as one line without markup, for titles and whatever else Textual would read."""
    return Content(printable(text))


class NoControls(LineFilter):
    """The last thing every row passes before it is sent, whichever widget has drawn it.

    Characters that were not made fit before go; what is left has as many cells as was laid out.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The row's `segments`, made fit."""
        return [
            it if it.control or is_printable(it.text) else Segment(_fit(it.text), it.style)
            for it in segments
        ]


def _fit(text: str) -> str:
    return "".join(
        it if is_printable(it) else UNFIT if cell_len(it) == 1 else " " * cell_len(it)
        for it in text
    )
