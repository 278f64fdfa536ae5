"""Delimited text: CSV, tab-separated values and their relatives, parsed by pyarrow."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from tui_dl.data.readers.cells import RawTable
from tui_dl.data.readers.column_types import NUMBER
from tui_dl.data.readers.dialect import Dialect
from tui_dl.data.readers.layout import BLOCK, Layout, find_layout
from tui_dl.data.readers.row_lines import Lines
from tui_dl.data.readers.scan import Scan, is_plain_start
from tui_dl.data.readers.table import TableOptions
from tui_dl.support.errors import UserError

SMALL_BLOCK = 1 << 20  # bytes parsed at a time, which is faster, where rows are shorter
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
    if len(data) <= BLOCK and not data.endswith((b"\r", b"\n")):
        data += b"\n"  # pyarrow does not skip a header without it
    layout, data = find_layout(data, name, options, parse_values and len(data) > BLOCK)
    lines = Lines(partial(io.BytesIO, data), layout)
    quote = layout.dialect.quote.encode()
    is_quoted = quote in data
    text = memoryview(data.lstrip(b"\r\n"))  # a blank line would count as skipped
    try:
        columns = _parsed(partial(pa.BufferReader, text), layout, is_quoted, len(text))
    except pa.ArrowInvalid as error:
        lines.check(name)
        raise UserError(f"{name}: {error}") from None
    finally:
        _release(text)
    if is_quoted and data.count(quote) % 2:
        lines.check(name)
    if is_quoted and _may_swallow_rows(columns, layout.dialect):
        lines.check_quotes(name)
    return _raw_table(layout, columns, lines)


def stream_delimited(
    path: Path, start: bytes, options: TableOptions, parse_values: bool
) -> tuple[RawTable, str] | None:
    """The cells of a long delimited file that is never held as a whole, and its SHA-256.

    It is parsed while its bytes are scanned. None where there is something to find out that needs
    the whole text: another encoding, lines before the table, blanks between cells, or a fault.

    Args:
        path: the file.
        start: its first bytes.
        options: as in `read_delimited`.
        parse_values: as in `read_delimited`.

    Raises:
        UserError: a name is not printable, or a quote is closed some lines below, within a cell.
    """
    if not is_plain_start(start):
        return None
    layout, text = find_layout(start, str(path), options, parse_values)
    if text is not start:
        return None
    quote = layout.dialect.quote.encode()
    is_quoted = quote in start
    scan = Scan(path, quote)
    scan.start()
    try:
        columns = _parsed(partial(pa.OSFile, os.fsencode(path)), layout, is_quoted)
    except (pa.ArrowInvalid, OSError):
        return None
    finally:
        scan.join()
    if not scan.is_text or (scan.quotes % 2 if is_quoted else scan.quotes):
        return None
    lines = Lines(lambda: path.open("rb"), layout)
    if is_quoted and _may_swallow_rows(columns, layout.dialect):
        lines.check_quotes(str(path))
    return _raw_table(layout, columns, lines), scan.fingerprint


def _may_swallow_rows(columns: list[pa.ChunkedArray], dialect: Dialect) -> bool:
    """Whether a cell has what a row has: line ends, quotes and delimiters; some texts do."""
    for it in columns:
        if pa.types.is_string(it.type):
            for pattern in ("[\r\n]", dialect.quote, re.escape(dialect.separator)):
                it = it.filter(pc.match_substring_regex(it, pattern))
            if len(it):
                return True
    return False


def _raw_table(layout: Layout, columns: list[pa.ChunkedArray], lines: Lines) -> RawTable:
    """Columns and what is known about them."""
    if layout.maybe:
        columns = [
            it if index in layout.with_maybe else _with_nulls(it, layout.maybe)
            for index, it in enumerate(columns)
        ]
    decimal = "." if NUMBER in layout.types.values() else None
    return RawTable(
        layout.names,
        columns,
        layout.dialect.delimiter,
        lines.place,
        layout.notes,
        decimal,
        layout.missing,
        layout.with_maybe,
    )


def _with_nulls(cells: pa.ChunkedArray, missing: Sequence[str]) -> pa.ChunkedArray:
    """Cells with null for some texts."""
    if not pa.types.is_string(cells.type):
        return cells
    gone = pc.is_in(cells, pa.array(missing))
    return pc.if_else(gone, pa.scalar(None, cells.type), cells) if pc.any(gone).as_py() else cells


def _parsed(
    open_text: Callable[[], pa.NativeFile], layout: Layout, is_quoted: bool, size: int = BLOCK
) -> list[pa.ChunkedArray]:
    """Columns of text, or of the layout's types if all cells of those columns are such.

    `size` is that of the text in bytes, or less.

    Raises:
        pa.ArrowInvalid: a row has more or fewer cells than names, or is longer than a block.
    """
    try:
        return _parsed_as(layout.types, open_text, layout, is_quoted, size)
    except pa.ArrowInvalid:
        if not layout.types:
            raise
        return _parsed_as({}, open_text, layout, is_quoted, size)


def _parsed_as(
    types: Mapping[int, pa.DataType],
    open_text: Callable[[], pa.NativeFile],
    layout: Layout,
    is_quoted: bool,
    size: int,
) -> list[pa.ChunkedArray]:
    """Columns by index of one of `types`, else of text; raises pa.ArrowInvalid."""
    names = [str(index) for index in range(len(layout.names))]
    table = arrow_csv.read_csv(
        open_text(),
        read_options=arrow_csv.ReadOptions(
            use_threads=size > SMALL_BLOCK,  # to start them takes longer
            column_names=names,
            skip_rows_after_names=layout.skipped,
            block_size=SMALL_BLOCK if types else BLOCK,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.dialect.separator,
            quote_char=layout.dialect.quote if is_quoted else False,
            newlines_in_values=is_quoted,  # without quotes all blocks are parsed side by side
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={it: types.get(int(it), pa.string()) for it in names},
            null_values=layout.tokens,
            strings_can_be_null=True,
            check_utf8=False,  # it is checked when the encoding is found
        ),
    )
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
