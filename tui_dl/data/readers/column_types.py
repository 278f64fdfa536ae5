"""Columns that begin like plain decimal numbers or days, and may be parsed as such at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from tui_dl.data.readers.decimal_mark import PLAIN, DecimalMark, find_decimal_mark
from tui_dl.data.readers.dialect import Dialect
from tui_dl.data.readers.table import TableOptions

NUMBER, MOMENT = pa.float64(), pa.timestamp("s")
DAY = r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$"
_PLAIN, _DAY = re.compile(PLAIN), re.compile(DAY)


def column_types(
    rows: Sequence[Sequence[str]], names: Sequence[str], options: TableOptions, dialect: Dialect
) -> dict[int, pa.DataType]:
    """`NUMBER` or `MOMENT` by index, for columns whose cells are such, as far as `rows` show them.

    Whole numbers are not among them: they may be codes such as 01234, or dates.
    """
    missing = options.missing_cells
    whole = [row for row in rows if len(row) == len(names)]
    columns = [
        [it for row in whole if (it := row[index].strip()).lower() not in missing]
        for index in range(len(names))
    ]
    if options.decimal:
        has_points = options.decimal == "."
    else:
        decimal = find_decimal_mark(columns, dialect.delimiter)
        has_points = decimal == DecimalMark(".")  # where it is doubtful all cells stay text
    types: dict[int, pa.DataType] = {}
    for index, (name, cells) in enumerate(zip(names, columns, strict=True)):
        kind = options.columns.get(name)
        if name == options.split_column:
            continue
        if has_points and kind in (None, "number") and _are_decimals(cells):
            types[index] = NUMBER
        elif kind in (None, "date") and _are_days(cells):
            types[index] = MOMENT
    return types


def _are_decimals(cells: Sequence[str]) -> bool:
    """Whether all cells are numbers with points, and some are not whole."""
    return all(map(_PLAIN.match, cells)) and any(float(it) % 1 for it in cells)


def _are_days(cells: Sequence[str]) -> bool:
    """Whether all cells are moments in ISO 8601, and of more than one day."""
    return all(map(_DAY.match, cells)) and len({it[:10] for it in cells}) > 1
