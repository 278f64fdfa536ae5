"""The cells of a file: delimited text or JSON records, packed with gzip or not."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pyarrow.compute as pc
from msgspec.structs import replace

from tui_dl.data.readers.cells import RawTable
from tui_dl.data.readers.delimited import read_delimited, stream_delimited
from tui_dl.data.readers.encoding import to_utf8
from tui_dl.data.readers.layout import BLOCK
from tui_dl.data.readers.missing import SIGNS, without_minus
from tui_dl.data.readers.records import check_no_other_list, is_json, read_records
from tui_dl.data.readers.source_file import SourceFile, read_source_file, read_start
from tui_dl.data.readers.table import TableOptions
from tui_dl.support.errors import UserError

START = 1 << 20  # bytes by which the layout of a long file is found
LOOKED_AT = 1000  # cells of a column by which the decimal mark is found


def raw_table(
    path: Path, options: TableOptions, header: bool | None, parse_values: bool = False
) -> tuple[RawTable, str, int, list[str]]:
    """The cells of a file, the SHA-256 of its bytes, the size of its text, and what was found.

    With `parse_values` some columns are numbers or moments, see `read_delimited`.

    Raises:
        UserError: it cannot be read as a table.
    """
    options = replace(options, header=header)
    start, size = read_start(path, START)
    is_long = size > BLOCK and options.encoding is None
    if is_long and (streamed := stream_delimited(path, start, options, parse_values)):
        raw, fingerprint = streamed
        return raw, fingerprint, size, raw.notes
    source = read_source_file(path)
    size, notes = len(source.data), source.notes
    hashing = _Fingerprint(source)
    hashing.start()
    or_say = options.advice("encoding", ', or say data.encoding, such as "cp949" or "utf-16"')
    text, found = to_utf8(source.data, str(path), options.encoding, or_say)
    del source  # up to a gigabyte that is no longer needed
    raw = _cells(text, str(path), options, parse_values)
    hashing.join()
    return raw, hashing.value, size, [*notes, *found, *raw.notes]


class _Fingerprint(Thread):
    """The SHA-256 of a file, made beside other work: without the GIL."""

    value = ""

    def __init__(self, source: SourceFile) -> None:
        super().__init__()
        self._source: SourceFile | None = source

    def run(self) -> None:
        """Make it, and hold the file no longer."""
        assert self._source
        self.value, self._source = self._source.fingerprint(), None


def _cells(text: bytes, file: str, options: TableOptions, parse_values: bool) -> RawTable:
    """The cells of a text, which is JSON where it begins like it and no delimiter is given."""
    if not text or text.isspace():
        raise UserError(f"{file} is empty: give a table with a header and rows")
    if options.delimiter is None and is_json(text):
        raw = read_records(text, file)
        starts = (pc.unique(it.slice(0, LOOKED_AT)).to_pylist() for it in raw.columns)
        if options.missing is None and (missing := without_minus(starts)):
            return replace(raw, missing=missing, notes=[*raw.notes, SIGNS])
        return replace(raw, missing=options.missing, with_maybe=frozenset(range(len(raw.names))))
    check_no_other_list(text, file)
    return read_delimited(text, file, options, parse_values)
