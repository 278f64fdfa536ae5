"""Any column as numbers, for checks that compare and order values whatever they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import (
    CategoryColumn,
    Column,
    DateColumn,
    NumberColumn,
    TextColumn,
)
from tui_dl.data.transforms.base import Rows

Doubles = npt.NDArray[np.float64]


def column_numbers(column: Column, rows: Rows | None = None) -> Doubles | None:
    """(rows,) a number for each row, or each of `rows`; infinity where there is no value.

    Dates are seconds, categories and texts the number of the category or text. Equal values have
    equal numbers. None for columns that are read without their values.
    """
    chosen = slice(None) if rows is None else rows
    numbers: Doubles
    match column:
        case NumberColumn():
            numbers = column.values[chosen]
        case CategoryColumn():
            numbers = column.codes[chosen].astype(np.float64)
        case DateColumn():
            numbers = column.values[chosen].astype(np.int64).astype(np.float64)
        case TextColumn():
            texts = column.values if rows is None else [column.values[it] for it in rows.tolist()]
            number_of = {text: number for number, text in enumerate(dict.fromkeys(texts))}
            numbers = np.fromiter(map(number_of.__getitem__, texts), np.float64, len(texts))
        case _:
            return None
    return np.where(column.missing[chosen], np.inf, numbers)
