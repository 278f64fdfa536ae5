"""Numbers in several units and dates in several orders: they are read as names, and it is said."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tui_dl.data.readers.cells import DistinctCells, strings
from tui_dl.data.readers.column_values import Context, two_cells
from tui_dl.data.readers.dates import looks_like_date, read_dates
from tui_dl.data.readers.decimal_mark import are_mostly

LOOKED_AT = 1000  # distinct cells


def describe_mixed(
    name: str, found: DistinctCells, by_unit: Mapping[str, int], context: Context
) -> list[str]:
    """A note on a column that is read as names for its values are not alike, if it is one.

    Args:
        name: the column's name.
        found: its cells.
        by_unit: a cell of each unit that they have.
        context: what is known about the table.
    """
    if len(by_unit) > 1:
        return [
            f"column {name!r} is not read as numbers, for they have several units: "
            f"{two_cells(found, [*by_unit.values()], context)}: write them in one"
        ]
    start = strings(found.words.slice(0, LOOKED_AT))
    if not (any(map(looks_like_date, start[:1])) and are_mostly(looks_like_date, start)):
        return []
    dates = read_dates(found.words)
    unread = np.ones(1, np.bool_) if dates is None else np.isnat(dates.values)
    if unread.all() or not unread.any():
        return []
    shown = two_cells(found, [int(np.argmin(unread)), int(np.argmax(unread))], context)
    return [
        f"column {name!r} is not read as dates, for nothing shows how to read all: {shown}: "
        "write them as 2024-12-31"
    ]
