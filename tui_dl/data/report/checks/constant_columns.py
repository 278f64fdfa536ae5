"""Columns that have the same value in every row, or in nearly every one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_dl.data.readers.table import ConstantColumn, Table
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import HARMLESS, Finding
from tui_dl.support.formatting import counted, first_few


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for all columns of one value, and one for those of none."""
    constant = [it for it in table.columns if isinstance(it, ConstantColumn)]
    empty = [it for it in constant if it.missing_count == table.rows]
    full = [it for it in constant if it.missing_count < table.rows]
    if full:
        yield _finding("one value", full, table.rows)
    if empty:
        yield _finding("no values", empty, table.rows)


def _finding(what: str, columns: Sequence[ConstantColumn], rows: int) -> Finding:
    """A finding on columns that have `what`."""
    named = first_few([repr(it.name) for it in columns])
    return Finding(
        "constant_columns",
        tuple(it.name for it in columns),
        f"{what} in {counted(len(columns), 'column')}, of {rows:,} rows: {named}",
        {it.name: it.missing_count for it in columns},
        f"{HARMLESS}: what never differs is left out of training",
    )
