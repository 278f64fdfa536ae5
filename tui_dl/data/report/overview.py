"""The description of a column: its kind, its range, and how many different values it has."""

from __future__ import annotations

import numpy as np

from tui_dl.data.readers.table import CategoryColumn, Column, DateColumn, NumberColumn, TextColumn
from tui_dl.data.report.column_numbers import column_numbers
from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.spec.data_spec import ColumnSpec


def describe_column(column: Column, features: int) -> ColumnSpec:
    """The description of a column that makes so many features of the network's input."""
    distinct = _distinct(column)
    least: float | str | None = None
    most: float | str | None = None
    if isinstance(column, NumberColumn) and distinct:
        least, most = float(np.nanmin(column.values)), float(np.nanmax(column.values))
    elif isinstance(column, DateColumn) and distinct:
        present = column.values[~column.missing]
        least, most = str(present.min()), str(present.max())
    return ColumnSpec(
        column.name, column.kind, features, column.missing_count, distinct, least, most
    )


def _distinct(column: Column) -> int:
    """How many different values there are; 0 for columns that are read without their values."""
    if isinstance(column, CategoryColumn):
        return len(column.categories)
    if isinstance(column, TextColumn):
        return len(set(column.values)) - int(column.missing.any())
    numbers = column_numbers(column)
    return 0 if numbers is None else len(distinct_numbers(numbers)) - int(column.missing.any())
