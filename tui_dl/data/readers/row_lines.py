"""In which line of a file a row stands, and which row is damaged; for messages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING

from tui_dl.data.readers.dialect import long_cells
from tui_dl.data.readers.layout import BLOCK, Layout
from tui_dl.support.errors import UserError

if TYPE_CHECKING:
    import _csv  # the only module that names the type of a reader


class Lines:
    """The lines of rows, found by reading the text a second time; only for messages.

    Args:
        open_text: opens the text, which is in UTF-8.
        layout: how it is laid out.
    """

    def __init__(self, open_text: Callable[[], IO[bytes]], layout: Layout) -> None:
        self._open, self._layout = open_text, layout

    def place(self, row: int) -> str:
        """The line where a row starts, as words."""
        try:
            for index, (line, _) in enumerate(self._rows()):
                if index == row + self._layout.skipped:
                    return f"line {line:,}"
        except OSError:  # the file is gone
            pass
        return f"row {row + 1:,}"

    def check(self, name: str) -> None:
        """Raise UserError for a row with more or fewer cells than names, or with an open quote."""
        width = len(self._layout.names)
        found = 1, [""] * width
        for found in islice(self._rows(), self._layout.skipped, None):
            if len(found[1]) != width or sum(map(len, found[1])) > BLOCK:
                break
        line, row = found
        where = f"{name}, line {line:,}"
        if self._is_open(line):
            raise UserError(f"{where}: a quote is opened and not closed: close or double it")
        if len(row) != width:
            cells = f"{len(row)} cell{'s' * (len(row) != 1)}"
            extra = (
                f"from {row[width][:40]!r} on" if len(row) > width else f"after {row[-1][:40]!r}"
            )
            raise UserError(
                f"{where}: {cells} where the first row has {width}, {extra}: correct the row"
                f"{self._layout.or_say}"
            )
        if sum(map(len, row)) > BLOCK:
            raise UserError(f"{where}: a row of over {BLOCK:,} characters: is a quote missing?")

    def check_quotes(self, name: str) -> None:
        """Raise UserError for a quote that is closed some lines below, in the middle of a cell."""
        with self._text() as text, long_cells():
            reader = self._reader(text, strict=True)
            before = 0
            while True:
                try:
                    if next(reader, None) is None:
                        return
                except csv.Error:  # the reader goes on with the next line
                    if reader.line_num > before + 1:
                        raise UserError(
                            f"{name}, line {before + 1:,}: a quote is closed no sooner than within "
                            f"a cell of line {reader.line_num:,}: close or double it"
                        ) from None
                before = reader.line_num

    def _is_open(self, line: int) -> bool:
        """Whether the row that starts in a line ends within quotes, at the end of the file."""
        try:
            with self._text() as text, long_cells():
                next(self._reader(islice(text, line - 1, None), strict=True), None)
        except csv.Error as error:
            return "end of data" in str(error)
        return False

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line where it starts; blank lines are no rows."""
        with self._text() as text, long_cells():
            reader = self._reader(text)
            before = 0
            for row in reader:
                if row:
                    yield before + 1, row
                before = reader.line_num

    def _text(self) -> io.TextIOWrapper:
        """The text from its start."""
        return io.TextIOWrapper(self._open(), "utf-8", newline="")

    def _reader(self, lines: Iterator[str], strict: bool = False) -> _csv.Reader:
        """A reader of the standard library, which counts lines; it agrees with pyarrow."""
        return csv.reader(
            lines,
            delimiter=self._layout.dialect.separator,
            quotechar=self._layout.dialect.quote,
            strict=strict,
        )
