"""The layout of delimited text, found by its start: delimiter, names, missing cells and types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
from msgspec.structs import replace

from tui_dl.data.readers.column_types import column_types
from tui_dl.data.readers.dialect import (
    ROWS,
    WHITESPACE,
    Dialect,
    collapse_blanks,
    find_dialect,
    sample_of,
    usual_width,
)
from tui_dl.data.readers.header import clean_names, has_header, with_whole_header
from tui_dl.data.readers.leading_lines import is_rule, said_delimiter, without_leading_lines
from tui_dl.data.readers.missing import (
    MISSING,
    SIGNS,
    found_maybe,
    spellings,
    without_minus,
)
from tui_dl.data.readers.table import TableOptions
from tui_dl.data.readers.target import usual_targets
from tui_dl.support.errors import UserError

BLOCK = 1 << 22  # bytes; a row is not longer than this


class Layout(NamedTuple):
    """How delimited text is laid out.

    Attributes:
        dialect: its delimiter and its quote character.
        names: of the columns.
        skipped: rows before the first that has data, such as the header.
        tokens: cells that are missing, letter by letter.
        maybe: others that are, but may be values in the columns `with_maybe`, by index.
        missing: cells that stand for a missing value, if they are others than usual.
        types: of columns by index, if all their cells are such; the others are text.
        notes: what was found out, as plain lines.
        or_say: for messages on rows: the end of their advice.
    """

    dialect: Dialect
    names: list[str]
    skipped: int
    tokens: Sequence[str]
    maybe: Sequence[str]
    with_maybe: frozenset[int]
    missing: Sequence[str] | None
    types: Mapping[int, pa.DataType]
    notes: list[str]
    or_say: str


def find_layout(
    data: bytes, name: str, options: TableOptions, with_types: bool
) -> tuple[Layout, bytes]:
    """The layout of a text, and the text as it is to be parsed.

    Args:
        data: text in UTF-8 without a byte-order mark, or as much of it as `sample_of` looks at.
        name: the file's name, for messages.
        options: `delimiter`, `header` and `missing` are used; with types also the others.
        with_types: whether columns that begin like plain decimal numbers or days have a type.

    Raises:
        UserError: a name is not printable, or the delimiter that the user says cannot be one.
    """
    sample = sample_of(data)
    delimiter = options.delimiter
    if delimiter is not None and delimiter != WHITESPACE and not _can_delimit(delimiter):
        raise UserError(
            f'data.delimiter: {delimiter!r} is not one character, such as "," or ";", and not '
            '"whitespace"'
        )
    dialect = find_dialect(sample, delimiter or said_delimiter(data))
    rows = dialect.rows(sample, ROWS)
    before: list[str] = []
    if options.header is not False and (width := usual_width(rows)) > 1:
        rest, found = without_leading_lines(data, dialect, width)
        if found and (below := dialect.rows(sample_of(rest), ROWS)):
            data, before, rows = rest, found, below
        rows = with_whole_header(rows, width)
    header = has_header(rows) if options.header is None else options.header
    if dialect.delimiter == WHITESPACE:
        data = collapse_blanks(data.decode(), dialect.quote).encode()
    notes = [*before, str(dialect)] if len(rows[0]) > 1 else ["one column"]
    has_rule = header and len(rows) > 1 and is_rule(rows[1])
    if has_rule:
        del rows[1]
        notes.append("the line under the header left out")
    names, said = _names(rows[0], name, options) if header else _numbered(len(rows[0]))
    notes += said
    if options.missing is None and (usual := without_minus(zip(*rows[header:], strict=False))):
        options = replace(options, missing=usual)
        notes.append(SIGNS)
    whole = [row for row in rows[header:] if len(row) == len(names)]
    columns = [[row[index] for row in whole] for index in range(len(names))]
    maybe: dict[int, frozenset[str]] = {}
    tokens = ["", *(options.missing or ())]
    if options.missing is None:
        targets = usual_targets(names) if options.target is None else {options.target}
        for index, (name, cells) in enumerate(zip(names, columns, strict=True)):
            if kept := found_maybe(cells, name in targets):
                maybe[index] = kept
        tokens = spellings(MISSING.difference(*maybe.values()))
    late = sorted({*spellings(MISSING)} - {*tokens}) if maybe else []
    types = column_types(rows[header:], names, options, dialect) if with_types else {}
    types = {index: it for index, it in types.items() if not {*late}.intersection(columns[index])}
    or_say = options.advice("delimiter", ", or say data.delimiter")
    skipped = header + has_rule
    return Layout(
        dialect,
        names,
        skipped,
        tokens,
        late,
        frozenset(maybe),
        options.missing,
        types,
        notes,
        or_say,
    ), data


def _can_delimit(delimiter: str) -> bool:
    """Whether pyarrow and `csv` take a delimiter."""
    return len(delimiter) == 1 and delimiter.isascii() and delimiter not in "\r\n\0\"'"


def _names(row: list[str], name: str, options: TableOptions) -> tuple[list[str], list[str]]:
    """The names of columns in a header, and notes."""
    advice = options.advice(
        "header", ", or say data.header = false if the first row holds no names"
    )
    names, changed = clean_names(row, f"{name}, line 1", advice)
    return names, ["the first row is the header", *changed]


def _numbered(width: int) -> tuple[list[str], list[str]]:
    """Names for columns without a header, and a note."""
    names = [f"column_{index + 1}" for index in range(width)]
    return names, [f"no header: columns are called {names[0]} ... {names[-1]}"]
