"""The description of a column: its kind, its range, and how many different values it has."""

from __future__ import annotations

from tui_dl.data.readers.table import CategoryColumn, Column, DateColumn, NumberColumn, TextColumn
from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.spec.data_spec import ColumnSpec


def describe_column(column: Column, features: int) -> ColumnSpec:
    """The description of a column that makes so many features of the network's input."""
    distinct = 0  # of columns that are read without their values
    least: float | str | None = None
    most: float | str | None = None
    match column:
        case CategoryColumn():
            distinct = len(column.categories)
        case TextColumn():
            distinct = len(set(column.values)) - int(column.missing.any())
        case NumberColumn() | DateColumn():
            values = distinct_numbers(column.values[~column.missing])
            distinct = len(values)
            if distinct:
                as_cell = float if isinstance(column, NumberColumn) else str
                least, most = as_cell(values[0]), as_cell(values[-1])
    return ColumnSpec(
        column.name, column.kind, features, column.missing_count, distinct, least, most
    )
