"""The first training rows of a table, as they are in its file."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tui_dl.data.readers.table import (
    CategoryColumn,
    Column,
    DateColumn,
    NumberColumn,
    TextColumn,
)
from tui_dl.data.table import prepared
from tui_dl.data.varied import varied
from tui_dl.spec.data.table import TableFile
from tui_dl.support.formatting import written

MISSING = "–"
MIDNIGHT = "T00:00:00"  # after a date without a time
LONGEST = 400  # characters of a cell: more than a row of a terminal has


class TableRows(NamedTuple):
    """Cells by row, without the target's; and the target of each row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    targets: tuple[str, ...]


def table_rows(source: TableFile, seed: int, count: int) -> TableRows:
    """At most `count` training rows; of classes, one row of each in turn.

    Raises:
        UserError: the file cannot be read as a table.
    """
    it = prepared(source, seed)
    table, train = it.table, np.asarray(it.splits[0])
    target = table.column(table.target)
    if isinstance(target, CategoryColumn):
        train = train[varied(target.codes[train], count)]
    chosen = train[:count].tolist()
    return TableRows(
        tuple(column.name for column in table.inputs),
        tuple(tuple(_cell(column, row) for column in table.inputs) for row in chosen),
        tuple(_cell(target, row) for row in chosen),
    )


def _cell(column: Column, row: int) -> str:
    """One cell, in a few characters."""
    if column.missing[row]:
        return MISSING
    match column:
        case NumberColumn():
            return written(float(column.values[row]))
        case CategoryColumn():
            return str(column.categories[column.codes[row]])[:LONGEST]
        case DateColumn():
            return str(column.values[row]).removesuffix(MIDNIGHT)
        case TextColumn():
            text: str = column.values[row]
            return text[:LONGEST]
    return MISSING
