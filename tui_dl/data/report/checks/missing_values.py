"""Missing values: cells of the columns to predict from, and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_dl.data.readers.table import Column, Table
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import HARMLESS, Finding
from tui_dl.support.formatting import counted, first_few

MOSTLY = 0.5  # of a column's values are missing: most of what it says is filled in


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """One finding for all mostly empty columns, one for smaller gaps, one for the target."""
    columns = [it for it in table.inputs if it.missing_count]
    columns.sort(key=lambda it: -it.missing_count)
    empty = [it for it in columns if it.missing_count >= MOSTLY * table.rows]
    if empty:
        yield _finding(
            empty,
            table.rows,
            "columns with so many gaps say little: leave them out of the file, unless the gap "
            "itself means something",
        )
    if rest := columns[len(empty) :]:
        yield _finding(
            rest,
            table.rows,
            f"{HARMLESS}: gaps are filled, and the network is told where they were",
        )
    target = table.column(table.target)
    if target.missing_count:
        remedy = "these rows are left out: fill in the target where it is known"
        if target.missing_count >= MOSTLY * table.rows:
            remedy = (
                "these rows are left out: fill in the target where it is known, or predict "
                "another column: data.target"
            )
        yield _finding([target], table.rows, remedy)


def _finding(columns: Sequence[Column], rows: int, remedy: str) -> Finding:
    """A finding on columns with gaps, the one with the most first."""
    named = first_few([f"{it.name!r} ({it.missing_count:,})" for it in columns])
    return Finding(
        "missing_values",
        tuple(it.name for it in columns),
        f"missing values in {counted(len(columns), 'column')}, of {rows:,} rows: {named}",
        {it.name: it.missing_count for it in columns},
        remedy,
    )
