"""Reads one column of a table as a time series: a number a row, in order of time."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.cells import RawTable
from tui_dl.data.readers.column_kinds import make_column
from tui_dl.data.readers.column_values import Context
from tui_dl.data.readers.raw_table import raw_table
from tui_dl.data.readers.read_table import decimal_mark_of
from tui_dl.data.readers.table import DateColumn, NumberColumn, TableOptions
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted

MOST_MISSING = 0.1  # of the values, that are filled in
SECONDS = 86_400  # of a day
GAP = 1.5  # times the usual distance of two moments: months are of different lengths


class SeriesColumn(NamedTuple):
    """The values of a column, and what was found out.

    Attributes:
        name: the column's.
        values: (rows,) in order of time, none missing.
        fingerprint: SHA-256 of the file, in hexadecimal.
        size: bytes of the file's text, unpacked.
        notes: each guess and each thing filled in, as one plain line.
        days: usually from one row to the next; 0 where no column has dates.
    """

    name: str
    values: npt.NDArray[np.float64]
    fingerprint: str
    size: int
    notes: list[str]
    days: float


def read_series(path: Path, column: str | None, options: TableOptions) -> SeriesColumn:
    """The series in a file: the `column` of that name, or else the last one of numbers.

    Missing values are filled in on the line between their neighbours. `options` says how the file
    is to be read.

    Raises:
        UserError: the file cannot be read as a table, has no such column, too many values are
            missing, or its rows are not in order of time.
    """
    raw, fingerprint, size, notes = raw_table(path, options, None)
    decimal = options.decimal or decimal_mark_of(raw).mark
    context = Context(decimal, options.missing_cells, raw.place, str(path))
    found = _numbers(raw, column, path, context)
    days, more = _order(raw, found.name, context)
    notes = ["; ".join(notes), *more]
    if column is None:
        notes.append(f"the series is column {found.name!r}")
    missing = found.missing_count
    if missing > MOST_MISSING * len(found.values):
        rows = counted(len(found.values), "row")
        raise UserError(
            f"{path}, column {found.name!r}: {missing:,} of {rows} have no number, more than can "
            "be filled in: leave out where they begin, or fill them in"
        )
    values = found.values
    if missing:
        place, there = np.arange(len(values)), ~found.missing
        values = np.interp(place, place[there], values[there])
        first = raw.place(int(np.flatnonzero(found.missing)[0]))
        filled = counted(missing, "missing value")
        notes.append(f"{filled} filled in between its neighbours, the first in {first}")
    return SeriesColumn(found.name, values, fingerprint, size, notes, days)


def _numbers(raw: RawTable, column: str | None, path: Path, context: Context) -> NumberColumn:
    """The column of the series."""
    if column is not None:
        if column not in raw.names:
            raise UserError(
                f"data.column: {path} has no column {column!r}{suggest(column, raw.names)}"
            )
        cells = raw.columns[raw.names.index(column)]
        made, _ = make_column(column, cells, "number", True, context)
        assert isinstance(made, NumberColumn)
        return made
    for name, cells in reversed([*zip(raw.names, raw.columns, strict=True)]):
        made, _ = make_column(name, cells, None, True, context)
        if isinstance(made, NumberColumn):
            return made
    raise UserError(f"{path} has no column of numbers: give a table with a number in every row")


def _order(raw: RawTable, series: str, context: Context) -> tuple[float, list[str]]:
    """How many days usually are between two rows, and notes; 0 where no column has moments.

    Raises:
        UserError: a row is not later than the one before.
    """
    for name, cells in zip(raw.names, raw.columns, strict=True):
        made, _ = make_column(name, cells, None, False, context)
        if name == series or not isinstance(made, DateColumn) or made.missing_count:
            continue
        apart = np.diff(made.values).astype(np.int64)
        if (apart <= 0).any():
            row = int(np.flatnonzero(apart <= 0)[0]) + 1
            raise UserError(
                f"{context.file}, {raw.place(row)}: column {name!r} is not later than in the row "
                "before: sort the rows by time, each moment once"
            )
        usual = float(np.median(apart)) if len(apart) else 0.0
        days = usual / SECONDS
        gaps = int((apart > GAP * usual).sum())
        if gaps:
            return days, [f"{counted(gaps, 'gap')} in column {name!r}: rows count as evenly spaced"]
        return days, []
    return 0.0, []
