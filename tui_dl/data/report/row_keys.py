"""Keys of the rows of a table: equal for rows that are equal in all columns with values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import Column, Table, TextColumn
from tui_dl.data.report.column_numbers import column_numbers
from tui_dl.data.sorted_numbers import distinct_numbers

Keys = npt.NDArray[np.uint64]

# The odd constants of the splitmix64 generator: each bit of a value changes half of the key's.
_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STEP = np.uint64(0x9E3779B97F4A7C15)


def row_keys(table: Table) -> Keys:
    """(rows,) a key of 64 bits for each row; columns that are left out do not count.

    Two of a million different rows have the same key with a probability of 3e-8.
    """
    keys = np.zeros(table.rows, np.uint64)
    for column in table.columns:
        values = _bits(column)
        if values is not None:
            keys *= _STEP
            keys += values
            keys ^= keys >> np.uint64(30)
            keys *= _MIX[0]
            keys ^= keys >> np.uint64(27)
            keys *= _MIX[1]
            keys ^= keys >> np.uint64(31)
    return keys


def _bits(column: Column) -> Keys | None:
    """(rows,) equal bits for equal values; None for columns that are read without their values."""
    if isinstance(column, TextColumn):  # numbering texts takes five times as long
        return np.fromiter(map(hash, column.values), np.int64, len(column.values)).view(np.uint64)
    numbers = column_numbers(column)
    return None if numbers is None else (numbers + 0.0).view(np.uint64)  # -0.0 becomes 0.0


def must_repeat(table: Table) -> bool:
    """Whether the columns' distinct values can make fewer different rows than there are rows."""
    possible = 1
    for column in table.columns:
        numbers = column_numbers(column)
        if numbers is not None:
            possible *= len(distinct_numbers(numbers))
        if possible >= table.rows:
            return False
    return True
