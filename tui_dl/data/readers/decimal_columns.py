"""Columns that begin like plain decimal numbers, and may be parsed as numbers at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_dl.data.readers.decimal_mark import PLAIN, find_decimal_mark
from tui_dl.data.readers.dialect import Dialect
from tui_dl.data.readers.table import TableOptions

_PLAIN = re.compile(PLAIN)


def decimal_columns(
    rows: Sequence[Sequence[str]], names: Sequence[str], options: TableOptions, dialect: Dialect
) -> list[int]:
    """The indices of columns whose cells are numbers with points, as far as `rows` show them.

    Whole numbers are not among them: they may be codes such as 01234, or dates.
    """
    missing = options.missing_cells
    whole = [row for row in rows if len(row) == len(names)]
    columns = [
        [it for row in whole if (it := row[index].strip()).lower() not in missing]
        for index in range(len(names))
    ]
    if (options.decimal or find_decimal_mark(columns, dialect.delimiter)) != ".":
        return []
    return [
        index
        for index, (name, cells) in enumerate(zip(names, columns, strict=True))
        if options.columns.get(name) in (None, "number")
        and name != options.split_column
        and all(map(_PLAIN.match, cells))
        and any(float(it) % 1 for it in cells)
    ]
