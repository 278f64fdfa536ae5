"""A user's own table, in a file."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

import msgspec

from tui_dl.spec.data.base import FileSource
from tui_dl.support.command_line import command_line
from tui_dl.support.data_home import data_home
from tui_dl.support.errors import UserError

BUNDLED = Path(__file__).parents[2] / "data" / "bundled"
DOWNLOADED = "sms-spam"  # a table that has to be downloaded first
PREFIX = "bundled:"  # of the path of a table in that folder, wherever the package is installed


class TableSplit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The column by which rows are split, in place of at random; nothing is predicted from it.

    Attributes:
        column: its values are train, validation and test.
        group: all rows of one value, such as a patient, are in the same part.
        time: the latest rows are to test with, those before them to validate with.
    """

    column: str | None = None
    group: str | None = None
    time: str | None = None

    def __post_init__(self) -> None:
        if sum(it is not None for it in (self.column, self.group, self.time)) != 1:
            raise ValueError("splits by one column: give one of column, group and time")

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column or self.group or self.time or ""


class TableFile(FileSource, frozen=True, kw_only=True, tag="table"):
    """A file of rows: CSV, TSV, JSON lines or a JSON list of records, packed with gzip or not.

    What is left out is found out by looking into the file.

    Attributes:
        bundled: names of the tables that come with this package.
        path: the file; `source = "FILE"` is short for it. A relative one is relative to the
            experiment file. That of a bundled table is its name after `PREFIX`.
        target: name of the column to predict.
        delimiter: the character between cells; "whitespace" for blanks or tabs.
        decimal: the decimal mark.
        encoding: a name that Python knows, such as "utf-8" or "latin-1".
        header: whether the first row holds the names of the columns.
        missing: cells that stand for a missing value, beside empty ones.
        columns: kinds of columns by name, which are checked once the file is read.
        transform: how columns become numbers, by name; likewise.
        order: categories by name of their column, the least first; then the column is ordinal.
        split: by which column rows are split; without it at random, every class in proportion.
    """

    size_key: ClassVar[str] = "path"
    bundled: ClassVar[tuple[str, ...]] = tuple(sorted(it.stem for it in BUNDLED.glob("*.csv")))
    short_names: ClassVar[tuple[str, ...]] = (*bundled, DOWNLOADED)
    reader_bytes: ClassVar[int] = 45_000_000  # of pyarrow
    text_bytes: ClassVar[int] = 6  # text, cells and columns
    column_keys: ClassVar[tuple[str, ...]] = ("columns", "transform", "order")

    path: str
    target: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None
    header: bool | None = None
    missing: tuple[str, ...] | None = None
    columns: dict[str, str] = msgspec.field(default_factory=dict)
    transform: dict[str, str] = msgspec.field(default_factory=dict)
    order: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    split: TableSplit | None = None

    @classmethod
    def keys_of(cls, short: str) -> dict[str, str]:
        if short != DOWNLOADED:
            return {"path": f"{PREFIX}{short}"}
        path = data_home() / short / f"{short}.csv"
        if not path.is_file():
            raise UserError(f"{short} is not on this machine: `{command_line('download', short)}`")
        return {"path": str(path)}

    @property
    def is_bundled(self) -> bool:
        """Whether the file comes with this package."""
        return self.path.startswith(PREFIX) and self.path.removeprefix(PREFIX) in self.bundled

    @property
    def file(self) -> Path:
        """The file to read."""
        if self.is_bundled:
            return BUNDLED / f"{self.path.removeprefix(PREFIX)}.csv"
        return Path(self.path)
