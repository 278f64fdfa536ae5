"""Delimited text: CSV, tab-separated values and their relatives, parsed by pyarrow."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
from msgspec.structs import replace
from pyarrow import csv as arrow_csv

from tui_dl.data.readers.cells import RawTable
from tui_dl.data.readers.column_types import NUMBER, column_types
from tui_dl.data.readers.dialect import (
    ROWS,
    Dialect,
    collapse_blanks,
    find_dialect,
    long_cells,
    sample_of,
    usual_width,
)
from tui_dl.data.readers.header import clean_names, has_header, with_whole_header
from tui_dl.data.readers.leading_lines import is_rule, said_delimiter, without_leading_lines
from tui_dl.data.readers.missing import (
    MISSING,
    NONE,
    SIGNS,
    spellings,
    stands_among_names,
    without_minus,
)
from tui_dl.data.readers.table import TableOptions
from tui_dl.support.errors import UserError

if TYPE_CHECKING:
    import _csv  # the only module that names the type of a reader

BLOCK = 1 << 22  # bytes parsed at a time; a row is not longer than this,
SMALL_BLOCK = 1 << 19  # which is faster, and suits tables whose rows are all shorter
LONGEST_WAIT = 2_000  # milliseconds


def read_delimited(
    data: bytes, name: str, options: TableOptions, parse_values: bool = False
) -> RawTable:
    """The cells of a delimited file.

    Args:
        data: text in UTF-8 without a byte-order mark.
        name: the file's name, for messages.
        options: `delimiter`, `header` and `missing` are used; with values also the others.
        parse_values: whether columns of a long file that begin like plain decimal numbers or days
            become such at once, if all their cells are: it takes half the time.

    Raises:
        UserError: a row has more or fewer cells than the first, a quote is not closed, or a name
            is not printable; the message has the line.
    """
    sample = sample_of(data)
    delimiter = options.delimiter
    if delimiter is not None and delimiter != "whitespace" and not _can_delimit(delimiter):
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
    if dialect.delimiter == "whitespace":
        data = collapse_blanks(data.decode(), dialect.quote).encode()
    or_say = options.advice("delimiter", ", or say data.delimiter")
    notes = [*before, str(dialect)] if len(rows[0]) > 1 else ["one column"]
    has_rule = header and len(rows) > 1 and is_rule(rows[1])
    if has_rule:
        del rows[1]
        notes.append("the line under the header left out")
    lines = Lines(data, dialect, header + has_rule, or_say)
    if header:
        names, changed = clean_names(
            rows[0],
            f"{name}, line 1",
            options.advice(
                "header", ", or say data.header = false if the first row holds no names"
            ),
        )
        notes += ["the first row is the header", *changed]
    else:
        names = [f"column_{index + 1}" for index in range(len(rows[0]))]
        notes.append(f"no header: columns are called {names[0]} ... {names[-1]}")
    if options.missing is None and (usual := without_minus(zip(*rows[header:], strict=False))):
        options = replace(options, missing=usual)
        notes.append(SIGNS)
    is_long = parse_values and len(data) > BLOCK
    types = column_types(rows[header:], names, options, dialect) if is_long else {}
    if options.missing is not None:
        tokens = ["", *options.missing]
    elif NONE in sample.lower() and stands_among_names(zip(*rows[header:], strict=False)):
        tokens = spellings(MISSING - {NONE})  # it is counted with the column
    else:
        tokens = spellings(MISSING)
    cells = _parsed(lines, name, dialect, len(rows[0]), tokens, types)
    decimal = "." if NUMBER in types.values() else None
    return RawTable(names, cells, dialect.delimiter, lines.place, notes, decimal, options.missing)


def _can_delimit(delimiter: str) -> bool:
    """Whether pyarrow and `csv` take a delimiter."""
    return len(delimiter) == 1 and delimiter.isascii() and delimiter not in "\r\n\0\"'"


def _parsed(
    lines: Lines,
    name: str,
    dialect: Dialect,
    width: int,
    tokens: Sequence[str],
    types: Mapping[int, pa.DataType],
) -> list[pa.ChunkedArray]:
    """Columns of text, by index of one of `types` if all cells of those columns are.

    Rows before the data, such as the header, are left out.
    """
    names = [str(index) for index in range(width)]
    quote = dialect.quote.encode()
    block = SMALL_BLOCK if types else BLOCK
    is_quoted = quote in lines.data  # without quotes all blocks are parsed side by side
    text = memoryview(lines.data.lstrip(b"\r\n"))  # a blank line would count as skipped
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text),
            read_options=arrow_csv.ReadOptions(
                use_threads=len(lines.data) > SMALL_BLOCK,  # to start them takes longer
                column_names=names,
                skip_rows_after_names=lines.skipped,
                block_size=block,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.separator,
                quote_char=dialect.quote if is_quoted else False,
                newlines_in_values=is_quoted,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={it: types.get(int(it), pa.string()) for it in names},
                null_values=tokens,
                strings_can_be_null=True,
                check_utf8=False,  # it was checked when the encoding was found
            ),
        )
    except pa.ArrowInvalid as error:
        if types:
            return _parsed(lines, name, dialect, width, tokens, {})
        lines.check(name, width)
        raise UserError(f"{name}: {error}") from None
    finally:
        _release(text)
    if is_quoted and lines.data.count(quote) % 2:
        lines.check(name, width)
    columns: list[pa.ChunkedArray] = table.columns
    return columns


def _release(text: memoryview) -> None:
    """Wait until pyarrow's threads have let go of a text, some microseconds after it was parsed.

    A thread that does so while the interpreter shuts down ends the process by SIGABRT: "terminate
    called without an active exception".
    """
    for _ in range(LONGEST_WAIT):
        try:
            text.release()
            return
        except BufferError:
            time.sleep(0.001)


class Lines:
    """The lines of rows, found by reading the file a second time; only for messages.

    Attributes:
        data: the text.
        skipped: rows before the first that has data.
    """

    def __init__(self, data: bytes, dialect: Dialect, skipped: int, or_say: str) -> None:
        self.data, self.skipped, self._dialect, self._or_say = data, skipped, dialect, or_say

    def place(self, row: int) -> str:
        """The line where a row starts, as words."""
        for index, (line, _) in enumerate(self._rows()):
            if index == row + self.skipped:
                return f"line {line:,}"
        return f"row {row + 1:,}"

    def check(self, name: str, width: int) -> None:
        """Raise UserError for the first row that has not `width` cells, or has an open quote."""
        found = 1, [""] * width
        for found in islice(self._rows(), self.skipped, None):
            if len(found[1]) != width or sum(map(len, found[1])) > BLOCK:
                break
        line, row = found
        where = f"{name}, line {line:,}"
        if self._is_open(line):
            raise UserError(f"{where}: a quote is opened and not closed: close or double it")
        if len(row) != width:
            cells = f"{len(row)} cell{'s' * (len(row) != 1)}"
            extra = f"from {row[width]!r} on" if len(row) > width else f"after {row[-1][:40]!r}"
            raise UserError(
                f"{where}: {cells} where the first row has {width}, {extra}: correct the row"
                f"{self._or_say}"
            )
        if sum(map(len, row)) > BLOCK:
            raise UserError(f"{where}: a row of over {BLOCK:,} characters: is a quote missing?")

    def _is_open(self, line: int) -> bool:
        """Whether the row that starts in a line ends within quotes, at the end of the file."""
        text = io.TextIOWrapper(io.BytesIO(self.data), "utf-8", newline="")
        try:
            with long_cells():
                next(self._reader(islice(text, line - 1, None), strict=True), None)
        except csv.Error as error:
            return "end of data" in str(error)
        return False

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line where it starts; blank lines are no rows."""
        text = io.TextIOWrapper(io.BytesIO(self.data), "utf-8", newline="")
        with long_cells():
            reader = self._reader(text)
            before = 0
            for row in reader:
                if row:
                    yield before + 1, row
                before = reader.line_num

    def _reader(self, lines: Iterator[str], strict: bool = False) -> _csv.Reader:
        """A reader of the standard library, which counts lines; it agrees with pyarrow."""
        return csv.reader(
            lines,
            delimiter=self._dialect.separator,
            quotechar=self._dialect.quote,
            strict=strict,
        )
