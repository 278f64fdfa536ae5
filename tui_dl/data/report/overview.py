"""The description of a column: its kind, its range, and how many different values it has."""

from __future__ import annotations

import numpy as np

from tui_dl.data.readers.table import CategoryColumn, Column, DateColumn, NumberColumn
from tui_dl.data.report.column_numbers import column_numbers
from tui_dl.spec.data_spec import ColumnSpec


def describe_column(column: Column, features: int) -> ColumnSpec:
    """The description of a column that makes so many features of the network's input."""
    numbers = column_numbers(column)
    if isinstance(column, CategoryColumn):
        distinct = len(column.categories)
    elif numbers is None:
        distinct = 0
    else:
        distinct = len(np.unique(numbers)) - int(column.missing.any())
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
