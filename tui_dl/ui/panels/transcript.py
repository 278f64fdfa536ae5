"""Lines that were typed, each with what the network says of it; the newest are at the bottom."""

from __future__ import annotations

from tui_dl.drawing import answer as drawing
from tui_dl.drawing.styled_text import StyledLine, cut
from tui_dl.drawing.wrapped import wrapped
from tui_dl.protocol.answer import Answer
from tui_dl.support import translations
from tui_dl.ui.panels.rows import Rows

MOST = 200  # lines that are kept
INDENT = "  "
ASKED = 3  # rows of a line that was typed


class Transcript(Rows):
    """Shows as many of the newest answers as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[tuple[str, Answer | str | None]] = []
        self._end = self._begin = ""

    def begin(self, wanted: str) -> None:
        """Show what a line has to be, until there is one."""
        self._begin = wanted
        self.redraw()

    def ask(self, line: str) -> None:
        """Show a line that has no answer yet."""
        self._said = [*self._said[-MOST:], (line, None)]
        self.redraw()

    def answer(self, said: Answer | str) -> None:
        """Show the answer to the oldest line without one, or why there is none."""
        waiting = next(index for index, (_, it) in enumerate(self._said) if it is None)
        self._said[waiting] = self._said[waiting][0], said
        self.redraw()

    def end(self, reason: str) -> None:
        """Show why there are no more answers."""
        self._said = [(line, it) for line, it in self._said if it is not None]
        self._end = reason
        self.redraw()

    def redraw(self) -> None:
        if self.is_attached:  # as high as its rows; the styles have the most
            self.styles.height = max(len(self._rows(max(self.content_size.width, 1))), 1)
        super().redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return self._rows(width)[-height:]

    def _rows(self, width: int) -> list[StyledLine]:
        if not self._said and not self._end:
            return [[(row, "dim")] for row in wrapped(self._begin, width)]
        rows = [row for line, said in self._said for row in _exchange(line, said, width)]
        rows += [[(row, "warn")] for row in wrapped(translations.said(self._end), width)]
        return rows


def _exchange(line: str, said: Answer | str | None, width: int) -> list[StyledLine]:
    """A line and its answer."""
    room = width - len(INDENT)
    if said is None:
        rows: list[StyledLine] = [[("...", "dim")]]
    elif isinstance(said, str):
        rows = [[(row, "warn")] for row in wrapped(translations.said(said), room)]
    else:
        rows = drawing.draw(said, room)
    typed = wrapped(line, width - 2)
    if len(typed) > ASKED:
        typed = [*typed[: ASKED - 1], cut(f"{typed[ASKED - 1]}…", width - 2)]
    asked: list[StyledLine] = [[(f"> {row}", "dim")] for row in typed]
    return [*asked, *([(INDENT, "plain"), *row] for row in rows)]
