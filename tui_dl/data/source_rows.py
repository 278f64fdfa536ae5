"""Rows of the user's file as they stand there, for whoever shows samples."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import (
    CategoryColumn,
    Column,
    DateColumn,
    NumberColumn,
    Table,
    TextColumn,
)
from tui_dl.spec.data_spec import SHOWN_COLUMNS

Indices = npt.NDArray[np.intp]


class SourceRows(msgspec.Struct, frozen=True):
    """The values of some rows, before any preparation.

    Attributes:
        columns: those to predict from, at most `SHOWN_COLUMNS`.
    """

    columns: tuple[Column, ...]

    @classmethod
    def of(cls, table: Table) -> SourceRows:
        """All rows of a table."""
        return cls(table.inputs[:SHOWN_COLUMNS])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(it.name for it in self.columns)

    def take(self, indices: Indices | slice) -> SourceRows:
        """The rows at `indices`, in that order."""
        return SourceRows(tuple(it.take(indices) for it in self.columns))

    def texts(self, count: int) -> list[list[str]]:
        """The cells of the first `count` rows, row by row; empty ones where there is no value."""
        columns = [
            ["" if column.missing[row] else _text(column, row) for row in range(count)]
            for column in self.columns
        ]
        return [list(row) for row in zip(*columns, strict=True)]


def _text(column: Column, row: int) -> str:
    """The cell of a row that has a value."""
    match column:
        case NumberColumn():
            return f"{column.values[row]:.12g}"
        case CategoryColumn():
            return column.categories[int(column.codes[row])]
        case DateColumn():
            return str(column.values[row]).removesuffix("T00:00:00").replace("T", " ")
        case TextColumn():
            return str(column.values[row])
    return ""
