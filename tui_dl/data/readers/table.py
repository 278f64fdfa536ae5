"""A table in memory: columns of numbers, categories, dates and text, with their missing cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from tui_dl.data.readers.missing import MISSING

if TYPE_CHECKING:
    import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp] | slice
Kind = Literal["number", "category", "date", "text", "identifier", "constant"]
Task = Literal["classification", "regression"]
NAMED_KINDS = (
    "number", "number_grouped", "category", "date", "date_day_first", "date_month_first", "text",
    "identifier",
)  # fmt: skip


class TableOptions(msgspec.Struct, frozen=True):
    """What a user says about a table; what is left out is found out by looking.

    Attributes:
        target: name of the column to predict.
        delimiter: the character between cells; `"whitespace"` for one or more blanks or tabs.
        decimal: the decimal mark, `"."` or `","`.
        encoding: a name that Python knows, such as `"utf-8"`, `"cp949"` or `"latin-1"`.
        header: whether the first row holds the names of the columns.
        missing: cells that stand for a missing value, beside empty ones.
        columns: kinds by column name, each one of `NAMED_KINDS`.
        split_column: name of the column by which rows are split, which is not predicted from.
        keys: those that the user can set; messages name no others.
    """

    target: str | None = None
    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None
    header: bool | None = None
    missing: Sequence[str] | None = None
    columns: Mapping[str, str] = msgspec.field(default_factory=dict)
    split_column: str | None = None
    keys: Sequence[str] = ("delimiter", "decimal", "encoding", "header")

    def advice(self, key: str, says: str) -> str:
        """What a message says of a key; nothing where the user cannot set it."""
        return says if key in self.keys else ""

    @property
    def missing_cells(self) -> frozenset[str]:
        """Cells that stand for a missing value, in lower case, the empty one among them."""
        if self.missing is None:
            return MISSING
        return frozenset({"", *(it.strip().lower() for it in self.missing)})


class Column(msgspec.Struct, frozen=True):
    """A column of a table.

    Attributes:
        name: unique in its table, and printable.
        missing: True for each row without a value.
    """

    name: str
    missing: Mask
    kind: ClassVar[Kind]

    @property
    def missing_count(self) -> int:
        """Number of rows without a value."""
        return int(self.missing.sum())

    def take(self, rows: Rows) -> Self:
        """Some rows of the column, in their order."""
        return replace(self, missing=self.missing[rows], **self._taken(rows))

    def _taken(self, rows: Rows) -> dict[str, Any]:
        """The fields beside `missing` that have a value for each row, of some rows."""
        return {}


class NumberColumn(Column, frozen=True):
    """Numbers, finite in float32; NaN where missing.

    Attributes:
        grouped: whether points stood between thousands in a table with decimal commas.
        unit: what stood behind the numbers, such as `"kg"`.
    """

    values: npt.NDArray[np.float64]
    grouped: bool = False
    unit: str = ""
    kind: ClassVar[Kind] = "number"

    def _taken(self, rows: Rows) -> dict[str, Any]:
        return {"values": self.values[rows]}


class CategoryColumn(Column, frozen=True):
    """Names from a finite set.

    Attributes:
        codes: index into `categories` for each row; -1 where missing.
        categories: by falling frequency, then by name; the classes of a target with whole numbers
            by their number.
    """

    codes: npt.NDArray[np.int32]
    categories: tuple[str, ...]
    kind: ClassVar[Kind] = "category"

    def _taken(self, rows: Rows) -> dict[str, Any]:
        return {"codes": self.codes[rows]}


class DateColumn(Column, frozen=True):
    """Moments in seconds, without a time zone; NaT where missing.

    Attributes:
        order: whether `"day"` or `"month"` came first in dates of numbers; else `"clear"`.
    """

    values: npt.NDArray[np.datetime64]
    order: str = "clear"
    kind: ClassVar[Kind] = "date"

    def _taken(self, rows: Rows) -> dict[str, Any]:
        return {"values": self.values[rows]}


class TextColumn(Column, frozen=True, dict=True):
    """Free text; empty where missing.

    Attributes:
        texts: of each row; of a long column as pyarrow has them, since to make a string of each
            takes as long as to parse the file.
    """

    texts: list[str] | pa.ChunkedArray
    kind: ClassVar[Kind] = "text"

    @cached_property
    def values(self) -> list[str]:
        """The texts as Python's strings."""
        if isinstance(self.texts, list):
            return self.texts
        found: list[str] = self.texts.to_numpy(zero_copy_only=False).tolist()  # not `to_pylist`,
        return found  # which takes twice as long

    def _taken(self, rows: Rows) -> dict[str, Any]:
        if isinstance(rows, slice):
            return {"texts": self.texts[rows]}
        if isinstance(self.texts, list):
            return {"texts": [self.texts[it] for it in rows.tolist()]}
        return {"texts": self.texts.take(rows)}


class IdentifierColumn(Column, frozen=True):
    """A name or number of each row, which says nothing about other rows: left out of training."""

    kind: ClassVar[Kind] = "identifier"


class ConstantColumn(Column, frozen=True):
    """The same value in every row, or none in any: left out of training."""

    kind: ClassVar[Kind] = "constant"


class Table(msgspec.Struct, frozen=True):
    """A table as it was read, before any preparation.

    Attributes:
        rows: number of rows, without the header.
        columns: all columns in the file's order, the target among them.
        target: name of the column to predict.
        task: classification if the target is a `CategoryColumn`, else regression.
        fingerprint: SHA-256 of the file's bytes, in hexadecimal.
        decimal: the decimal mark.
        notes: each guess and each thing left out, as one plain line.
        size: bytes of the file's text, unpacked.
        split_column: name of the column by which rows are split, if there is one.
        missing: cells that stand for a missing value, if they are others than usual.
    """

    rows: int
    columns: tuple[Column, ...]
    target: str
    task: Task
    fingerprint: str
    decimal: Literal[".", ","]
    notes: tuple[str, ...]
    size: int = 0
    split_column: str | None = None
    missing: Sequence[str] | None = None

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def inputs(self) -> tuple[Column, ...]:
        """The columns to predict from: all but the target and those that are left out."""
        left_out, others = (IdentifierColumn, ConstantColumn), (self.target, self.split_column)
        return tuple(
            it for it in self.columns if it.name not in others and not isinstance(it, left_out)
        )
