"""Columns that have the same value in every row, or in nearly every one."""

from __future__ import annotations

from collections.abc import Iterator

from tui_dl.data.readers.table import ConstantColumn, Table
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import HARMLESS, Finding
from tui_dl.support.formatting import counted


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column of one value, or of none."""
    for column in table.columns:
        if isinstance(column, ConstantColumn):
            count = column.missing_count
            what = "has no values" if count == table.rows else "has one value"
            yield Finding(
                "constant_columns",
                (column.name,),
                f"column {column.name!r} {what} in {counted(table.rows, 'row')}",
                {"rows": table.rows, "missing": count},
                f"{HARMLESS}: it is left out of training",
            )
