"""Reads rows to predict for: columns whose kinds are known, with or without the target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from tui_dl.data.readers.cells import DistinctCells, RawTable, distinct
from tui_dl.data.readers.column_kinds import DATES
from tui_dl.data.readers.column_values import (
    Context,
    category_column,
    number_column,
    plain_date_column,
    text_column,
)
from tui_dl.data.readers.dates import plain_dates, read_dates
from tui_dl.data.readers.number_signs import without_blanks
from tui_dl.data.readers.numbers import plain_numbers, read_numbers
from tui_dl.data.readers.raw_table import raw_table
from tui_dl.data.readers.read_table import has_decimal_commas
from tui_dl.data.readers.table import (
    Column,
    DateColumn,
    Mask,
    TableOptions,
)
from tui_dl.data.readers.units import without_unit
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import quoted

NO_UNITS: Mapping[str, str] = {}
MOST_NAMED = 5  # columns in an error


class TableRows(NamedTuple):
    """Columns by name, each of so many rows.

    Attributes:
        columns: by name.
        rows: how many there are.
        decimal: the decimal mark of their file.
        unread: sentences on cells that are not of their column's kind, by row.
    """

    columns: dict[str, Column]
    rows: int
    decimal: str
    unread: dict[int, list[str]]

    def parts(self, size: int) -> Iterator[TableRows]:
        """The same rows, at most `size` at a time."""
        for start in range(0, self.rows, size):
            end = min(start + size, self.rows)
            columns = {name: it.take(slice(start, end)) for name, it in self.columns.items()}
            unread = {it - start: self.unread[it] for it in range(start, end) if it in self.unread}
            yield TableRows(columns, end - start, self.decimal, unread)


def read_rows(
    path: Path,
    kinds: Mapping[str, str],
    options: TableOptions,
    target: str = "",
    units: Mapping[str, str] = NO_UNITS,
) -> TableRows:
    """The columns of a file that a network reads, and the target's if it is there.

    Args:
        path: a file of the same kind as the one that was trained on.
        kinds: of the columns by name, each one of `NAMED_KINDS`; other columns are not read.
        options: how the file is to be read; with its decimal mark, unless numbers of the file can
            only be read with commas.
        target: name of the target, which is read as categories whatever it holds.
        units: of numbers in training, by column; cells have these or none.

    Raises:
        UserError: the file cannot be read as a table, has no rows, or misses a column.
    """
    raw = raw_table(path, replace(options, columns={}, keys=()), _header(kinds))[0]
    rows = len(raw.columns[0]) if raw.columns else 0
    _check_names(raw, kinds, str(path))  # first: a file without a header may have one row
    if not rows:
        raise UserError(f"{path} has no rows to predict for")
    return _columns(raw, rows, kinds, options, str(path), units, target)


def rows_of_records(
    records: Sequence[Mapping[str, object]],
    kinds: Mapping[str, str],
    options: TableOptions,
    units: Mapping[str, str] = NO_UNITS,
    line: str = "",
) -> TableRows:
    """The columns of rows that are given as values by column name.

    A column that a row does not have is missing there. Otherwise as `read_rows`. Errors name the
    `line` where the one row was typed.
    """
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = [
        pa.chunked_array([pa.array([_cell(it.get(name)) for it in records], pa.string())])
        for name in names
    ]
    raw = RawTable(names, cells, "", lambda row: "" if line else f"row {row + 1}", [])
    where = quoted(line) if line else "the input"
    return _columns(raw, len(records), kinds, replace(options, decimal="."), where, units)


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
    units: Mapping[str, str],
    target: str = "",
) -> TableRows:
    """The columns by name."""
    columns: dict[str, Column] = {}
    unread: dict[int, list[str]] = defaultdict(list)
    _check_names(raw, kinds, file)
    cells_of = {name: raw.columns[raw.names.index(name)] for name in kinds}
    decimal = "," if has_decimal_commas(raw.columns) else options.decimal or "."
    context = Context(decimal, options.missing_cells, raw.place, file)
    knows_groups = options.decimal == ","  # of training: whether points stood between thousands
    for name, kind in kinds.items():
        columns[name], wrong = _column(
            name, cells_of[name], kind, context, knows_groups, units.get(name, "")
        )
        for row, says in wrong:
            unread[row].append(says)
    if target in raw.names:
        cells = raw.columns[raw.names.index(target)]
        found = distinct(cells, context.missing)
        words = without_unit(found.words, units.get(target, ""))
        columns[target] = category_column(target, DistinctCells(found.codes, words))
    return TableRows(columns, rows, decimal, unread)


def _check_names(raw: RawTable, wanted: Iterable[str], file: str) -> None:
    """Raise UserError where columns are missing; a similar name is suggested where one is."""
    missing = [name for name in wanted if name not in raw.names]
    if len(missing) == 1:
        (name,) = missing
        hint = suggest(name, raw.names)
        raise UserError(f"{file} has no column {name!r}, which the network reads{hint}")
    if missing:
        names, there = _listed(missing), _listed(raw.names)
        raise UserError(f"{file} has no columns {names}, which the network reads; it has {there}")


def _listed(names: Sequence[str]) -> str:
    """The first of some names in quotation marks."""
    return ", ".join(map(quoted, names[:MOST_NAMED])) + ", ..." * (len(names) > MOST_NAMED)


def _column(
    name: str,
    cells: pa.ChunkedArray,
    kind: str,
    context: Context,
    knows_groups: bool,
    unit: str,
) -> tuple[Column, Iterable[tuple[int, str]]]:
    """A column of a known kind, and the rows whose cell is of another one, with a sentence on it.

    Such cells count as missing, as they do in training.

    Raises:
        UserError: no cell is of the kind.
    """
    if kind == "number":
        numbers = plain_numbers(cells, context.decimal, context.missing)
        if numbers is not None:
            return number_column(name, numbers, context), ()
    elif kind == "date":
        moments = plain_dates(cells)
        if moments is not None:
            return plain_date_column(name, moments), ()
    found = distinct(cells, context.missing)
    grouped = kind == "number_grouped" if knows_groups and context.decimal == "," else None
    if kind == "category":
        return category_column(name, found), ()
    if kind == "text":
        return text_column(name, found), ()
    if kind in ("number", "number_grouped"):
        words = without_blanks(without_unit(found.words, unit))
        values = np.append(read_numbers(words, context.decimal, grouped), np.nan)
        wrong = np.isnan(values)
        what = f"number in {unit}" if unit else "number"
        _check_some(name, what, found, wrong[:-1], context)
        column = number_column(name, values[found.codes], context)
        return column, [
            (row, f"column {name!r}: {word} is no {what}: it counts as missing")
            for row, word in _cells_at(wrong, found)
        ]
    dates = read_dates(found.words, DATES[kind])
    nothing = np.datetime64("NaT", "s")
    moments = np.full(len(found.words), nothing) if dates is None else dates.values
    wrong = np.append(np.isnat(moments), False)
    _check_some(name, "date", found, wrong[:-1], context)
    by_row = np.append(moments, nothing)[found.codes]
    dated = DateColumn(name, np.isnat(by_row), by_row)
    return dated, [
        (row, f"column {name!r}: {word} is no date: it counts as missing")
        for row, word in _cells_at(wrong, found)
    ]


def _cells_at(wrong: Mask, found: DistinctCells) -> Iterator[tuple[int, str]]:
    """The rows whose word is `wrong`, and the word in quotation marks."""
    for row in np.flatnonzero(wrong[found.codes] & ~found.missing).tolist():
        yield row, quoted(found.words[int(found.codes[row])].as_py())


def _check_some(name: str, kind: str, found: DistinctCells, wrong: Mask, context: Context) -> None:
    """Raise UserError where rows have cells and all of these are wrong."""
    if not found.rows or not wrong.all():
        return
    if found.rows > 1:
        raise UserError(f"{context.file}: no cell of column {name!r} is a {kind}: correct it")
    word = quoted(found.words[0].as_py())
    raise UserError(f"{context.file}: column {name!r}: {word} is no {kind}: correct it")
