"""Lines that are no rows: comments, a title, Excel's delimiter, and dashes under the header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from tui_dl.data.readers.dialect import DELIMITERS, ROWS, WHITESPACE, Dialect, sample_of
from tui_dl.data.readers.header import has_header, is_value

MOST = 50  # lines that may stand before a table
SEPARATOR = re.compile(rb"sep=([,;\t|])\r?\n", re.IGNORECASE)


def said_delimiter(data: bytes) -> str | None:
    """The delimiter of a first line such as `sep=;`; None where there is no such line."""
    found = SEPARATOR.match(data)
    return found[1].decode() if found else None


def without_leading_lines(data: bytes, dialect: Dialect, width: int) -> tuple[bytes, list[str]]:
    """The text with the lines before the table made blank, so that later lines keep their numbers.

    These are lines that begin with #, unless the last of them has as many cells as a row and no
    header stands below it; and titles: one cell with nothing beside it. The last one may also be a
    header with another delimiter than the rows; it gets theirs.

    Args:
        data: text in UTF-8.
        dialect: of the rows.
        width: how many cells most rows have.
    """
    place, skipped, last = 0, 0, (0, 0)
    if SEPARATOR.match(data):
        place, skipped = data.index(b"\n") + 1, 1
    for _ in range(MOST):
        end = data.find(b"\n", place) + 1
        line = data[place:end]
        is_blank = not line.strip()
        is_before = is_blank or _is_before(line.decode(), dialect, width)
        if not end or not (is_before or (line[:1] == b"#" and _has_header(data[end:], dialect))):
            break
        if not is_blank:
            skipped, last = skipped + 1, (place, end)
        place = end
    if not skipped:
        return data, []
    notes: list[str] = []
    rest = data[place:]
    if found := _header_of_another(data[slice(*last)].decode(), rest, dialect, width):
        header, note = found
        place, skipped, notes = last[0], skipped - 1, [note]
        rest = header.encode() + data[last[1] :]
    blank = b"\n" * data.count(b"\n", 0, place)
    if skipped:
        lines = "a line" if skipped == 1 else f"{skipped} lines"
        notes.insert(0, f"{lines} before the table left out")
    return blank + rest, notes


def _header_of_another(
    line: str, below: bytes, dialect: Dialect, width: int
) -> tuple[str, str] | None:
    """A line of as many names as a row has cells, where no header stands below it.

    Returns:
        The line with the delimiter of the rows, and a note; None where it is no such line.
    """
    rows = dialect.rows(sample_of(below), ROWS)
    if line.startswith("#") or not rows or has_header(rows):
        return None
    for delimiter, between in DELIMITERS.items():
        names = next(iter(dialect._replace(delimiter=delimiter).rows(line, 1)), [])
        is_other = delimiter not in (dialect.delimiter, WHITESPACE)  # titles have blanks
        if is_other and len(names) == width and all(map(_is_name, names)):
            text = io.StringIO()
            ends = "\r\n" if line.endswith("\r\n") else "\n"
            writer = csv.writer(
                text, delimiter=dialect.separator, quotechar=dialect.quote, lineterminator=ends
            )
            writer.writerow(names)
            return text.getvalue(), f"the header has {between} between its names"
    return None


def _is_name(cell: str) -> bool:
    return bool(cell.strip()) and not is_value(cell.strip())


def is_rule(row: Sequence[str]) -> bool:
    """Whether a row is the line of dashes under the header of a table in Markdown or of SQL."""
    return any(row) and all(re.fullmatch(r"(:?-{3,}:?)?", cell.strip()) for cell in row)


def _has_header(data: bytes, dialect: Dialect) -> bool:
    """Whether names stand in the first line of a text that is no comment."""
    lines = sample_of(data)
    rows = [row for row in dialect.rows(lines, ROWS) if not row[0].startswith("#")]
    return len(rows) > 1 and has_header(rows)


def _is_before(line: str, dialect: Dialect, width: int) -> bool:
    """Whether a line stands before the table: a comment or a title."""
    if line.count(dialect.quote) % 2:  # a cell goes on in the next line
        return False
    cells = next(iter(dialect.rows(line, 1)), [])
    if line.startswith("#"):
        return len(cells) != width
    filled = [bool(cell.strip()) for cell in cells]
    if len(cells) == width and filled[-1]:  # names, of which only the target's is there
        return False
    return sum(filled) <= 1 and (len(cells) < width or width > 2)
