"""Reads rows to predict for: columns whose kinds are known, with or without the target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from tui_dl.data.readers.cells import DistinctCells, RawTable, distinct
from tui_dl.data.readers.column_kinds import DATES
from tui_dl.data.readers.column_values import (
    Context,
    category_column,
    check_cells,
    number_column,
    plain_date_column,
    text_column,
)
from tui_dl.data.readers.dates import plain_dates, read_dates
from tui_dl.data.readers.numbers import plain_numbers, read_numbers
from tui_dl.data.readers.read_table import has_decimal_commas, raw_table
from tui_dl.data.readers.table import (
    Column,
    DateColumn,
    Mask,
    TableOptions,
)
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError

MOST_NAMED = 5  # columns in an error


class TableRows(NamedTuple):
    """Columns by name, each of so many rows.

    Attributes:
        columns: by name.
        rows: how many there are.
        decimal: the decimal mark of their file.
        notes: on cells that are not of their column's kind.
    """

    columns: dict[str, Column]
    rows: int
    decimal: str = "."
    notes: tuple[str, ...] = ()

    def parts(self, size: int) -> Iterator[TableRows]:
        """The same rows, at most `size` at a time."""
        for start in range(0, self.rows, size):
            end = min(start + size, self.rows)
            columns = {name: it.take(slice(start, end)) for name, it in self.columns.items()}
            yield self._replace(columns=columns, rows=end - start)


def read_rows(
    path: Path, kinds: Mapping[str, str], options: TableOptions, target: str = ""
) -> TableRows:
    """The columns of a file that a network reads, and the target's if it is there.

    Args:
        path: a file of the same kind as the one that was trained on.
        kinds: of the columns by name, each one of `NAMED_KINDS`; other columns are not read.
        options: how the file is to be read; with its decimal mark, unless numbers of the file can
            only be read with commas.
        target: name of the target, which is read as categories whatever it holds.

    Raises:
        UserError: the file cannot be read as a table, has no rows, or misses a column.
    """
    raw = raw_table(path, replace(options, columns={}), _header(kinds))[0]
    rows = len(raw.columns[0]) if raw.columns else 0
    if not rows:
        raise UserError(f"{path} has no rows to predict for")
    return _columns(raw, rows, kinds, options, str(path), target)


def rows_of_records(
    records: Sequence[Mapping[str, object]], kinds: Mapping[str, str], options: TableOptions
) -> TableRows:
    """The columns of rows that are given as values by column name.

    A column that a row does not have is missing there. Otherwise as `read_rows`.
    """
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = [
        pa.chunked_array([pa.array([_cell(it.get(name)) for it in records], pa.string())])
        for name in names
    ]
    raw = RawTable(names, cells, "", lambda row: f"row {row}", [])
    return _columns(raw, len(records), kinds, replace(options, decimal="."), "the rows")


def _cell(value: object) -> str | None:
    """A value as it would stand in a file."""
    if value is None or value != value:  # NaN
        return None
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _header(kinds: Mapping[str, str]) -> bool | None:
    """Whether there is a header: unknown where columns are called as they are without one."""
    return None if all(name.startswith("column_") for name in kinds) else True


def _columns(
    raw: RawTable,
    rows: int,
    kinds: Mapping[str, str],
    options: TableOptions,
    file: str,
    target: str = "",
) -> TableRows:
    """The columns by name."""
    columns: dict[str, Column] = {}
    if missing := [name for name in kinds if name not in raw.names]:
        raise UserError(_says_missing(missing, raw.names, file))
    cells_of = {name: raw.columns[raw.names.index(name)] for name in kinds}
    numbers = [cells_of[name] for name, kind in kinds.items() if kind == "number"]
    decimal = "," if has_decimal_commas(numbers) else options.decimal or "."
    context = Context(decimal, options.missing_cells, raw.place, file)
    notes: list[str] = []
    for name, kind in kinds.items():
        columns[name], more = _column(name, cells_of[name], kind, context)
        notes += more
    if target in raw.names:
        cells = raw.columns[raw.names.index(target)]
        columns[target] = category_column(target, distinct(cells, context.missing))
    return TableRows(columns, rows, decimal, tuple(notes))


def _says_missing(missing: list[str], names: list[str], file: str) -> str:
    """That a file lacks columns; a similar name is suggested where it lacks one."""
    if len(missing) == 1:
        (name,) = missing
        return f"{file} has no column {name!r}, which the network reads{suggest(name, names)}"
    shown = ", ".join(map(repr, missing[:MOST_NAMED])) + ", ..." * (len(missing) > MOST_NAMED)
    return f"{file} has no columns {shown}, which the network reads"


def _column(
    name: str, cells: pa.ChunkedArray, kind: str, context: Context
) -> tuple[Column, list[str]]:
    """A column of a known kind; cells of another kind count as missing, as a note says.

    Raises:
        UserError: no cell is of the kind.
    """
    if kind == "number":
        numbers = plain_numbers(cells, context.decimal, context.missing)
        if numbers is not None:
            return number_column(name, numbers, context), []
    elif kind == "date":
        moments = plain_dates(cells)
        if moments is not None:
            return plain_date_column(name, moments), []
    found = distinct(cells, context.missing)
    if kind == "category":
        return category_column(name, found), []
    if kind == "text":
        return text_column(name, found), []
    if kind == "number":
        values = read_numbers(found.words, context.decimal)
        notes = _check(name, "number", found, np.isnan(values), context)
        return number_column(name, np.append(values, np.nan)[found.codes], context), notes
    dates = read_dates(found.words, DATES[kind])
    nothing = np.datetime64("NaT", "s")
    moments = np.full(len(found.words), nothing) if dates is None else dates.values
    notes = _check(name, "date", found, np.isnat(moments), context)
    by_row = np.append(moments, nothing)[found.codes]
    return DateColumn(name, np.isnat(by_row), by_row), notes


def _check(name: str, kind: str, found: DistinctCells, wrong: Mask, context: Context) -> list[str]:
    """A note on cells that are not of their column's kind; UserError where none is."""
    if found.rows and wrong.all():
        raise UserError(f"{context.file}: no cell of column {name!r} is a {kind}: correct it")
    return check_cells(name, found, wrong, kind, None, context)
