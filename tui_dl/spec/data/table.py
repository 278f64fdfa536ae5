"""A user's own table, in a file."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from tui_dl.spec.data.base import FileSource


class TableFile(FileSource, frozen=True, kw_only=True, tag="table"):
    """A file of rows: CSV, TSV, JSON lines or a JSON list of records, packed with gzip or not.

    What is left out is found out by looking into the file.

    Attributes:
        path: the file; `source = "FILE"` is short for it. A relative one is relative to the
            experiment file.
        target: name of the column to predict.
        delimiter: the character between cells; "whitespace" for blanks or tabs.
        decimal: the decimal mark.
        encoding: a name that Python knows, such as "utf-8" or "latin-1".
        header: whether the first row holds the names of the columns.
        missing: cells that stand for a missing value, beside empty ones.
        columns: kinds of columns by name, which are checked once the file is read.
        transform: how columns become numbers, by name; likewise.
    """

    size_key: ClassVar[str] = "path"

    path: str
    target: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None
    header: bool | None = None
    missing: tuple[str, ...] | None = None
    columns: dict[str, str] = msgspec.field(default_factory=dict)
    transform: dict[str, str] = msgspec.field(default_factory=dict)
