"""Columns that say the same: copies, other units, or other names for the same categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from tui_dl.data.readers.numbers import are_whole
from tui_dl.data.readers.table import CategoryColumn, Column, NumberColumn, Table, TextColumn
from tui_dl.data.report.column_numbers import Doubles, column_numbers
from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.data.split import Indices, Split
from tui_dl.data.transforms.base import Rows
from tui_dl.spec.data_spec import Finding
from tui_dl.support.rng import stream

SAME = 1e-9  # how far copies in other units are apart, in deviations: only by rounding
LOOKED_AT = 1000  # rows by which columns are told apart, before whole ones are compared
ROUNDING = 1e-12  # of a sum, more than adding up changes
MISSING = 1e9  # stands for a missing value, and no other has that many deviations
REPEATED = 2  # rows that each value has on average, at least: else any names fit any others

Form = Callable[[Column, Rows | None], Doubles]  # which columns that say the same share


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column that says the same as an earlier one."""
    start = np.arange(min(LOOKED_AT, table.rows))
    numbers = [it for it in table.inputs if not _has_names(it)]
    has_names = any(map(_has_names, table.inputs))
    named = [
        it for it in table.inputs if has_names and (_has_names(it) or _may_be_codes(it, start))
    ]
    for other, column in _pairs(numbers, start, _scaled, _same_numbers):
        remedy = f"leave {column.name!r} out of the file: it adds nothing"
        yield _finding(table, other, column, remedy)
    for other, column in _pairs(named, start, _numbered, _same_names):
        remedy = "leave one of them out of the file: it adds nothing"
        yield _finding(table, other, column, remedy)


def _finding(table: Table, one: Column, other: Column, remedy: str) -> Finding:
    return Finding(
        "duplicate_columns",
        (one.name, other.name),
        f"columns {one.name!r} and {other.name!r} say the same in all {table.rows:,} rows",
        {"rows": table.rows},
        remedy,
    )


def _pairs(
    columns: Sequence[Column], start: Rows, form: Form, same: Callable[[Column, Column], bool]
) -> Iterator[tuple[Column, Column]]:
    """Each column that says the same as an earlier one, behind the first of these."""
    if len(columns) < 2:
        return
    starts = np.array([form(it, start) for it in columns])
    near = _Near(starts)
    for index, column in enumerate(columns):
        before = near.before(index)
        alike = before[np.abs(starts[before] - starts[index]).max(axis=1, initial=0) <= SAME]
        other = next((columns[it] for it in alike.tolist() if same(columns[it], column)), None)
        if other is not None:
            yield other, column


class _Near:
    """Finds the columns that may be alike, without comparing every two of them.

    Columns that are alike have nearly the same weighted sum, so they are neighbours in the order
    of these sums.
    """

    def __init__(self, starts: Doubles) -> None:
        weights = np.asarray(stream(0, "duplicate columns").uniform(0.5, 1, starts.shape[1]))
        self._sums = starts @ weights
        self._order = np.argsort(self._sums)
        self._sorted = self._sums[self._order]
        self._apart = SAME * weights.sum() + ROUNDING * (np.abs(starts) @ weights)

    def before(self, index: int) -> Indices:
        """Columns before `index` that may be like it, in their order."""
        sum, apart = self._sums[index], self._apart[index]
        first, last = np.searchsorted(self._sorted, (sum - apart, sum + apart), "left")
        found = np.sort(self._order[first : last + 1])
        return found[found < index]


def _has_names(column: Column) -> bool:
    return isinstance(column, CategoryColumn | TextColumn)


def _may_be_codes(column: Column, start: Rows) -> bool:
    """Whether a column has whole numbers that repeat, which may stand for names."""
    if not isinstance(column, NumberColumn):
        return False
    numbers = column.values[start]
    numbers = numbers[~np.isnan(numbers)]
    return are_whole(numbers) and REPEATED * len(distinct_numbers(numbers)) <= len(numbers)


def _same_numbers(one: Column, other: Column) -> bool:
    return bool(np.abs(_scaled(one) - _scaled(other)).max() <= SAME)


def _same_names(one: Column, other: Column) -> bool:
    """Whether two columns have the same names, or one name for each of the other's that repeat."""
    if not (_has_names(one) or _has_names(other)):
        return False
    codes = _numbered(one)
    if (codes != _numbered(other)).any():
        return False
    present = codes[~one.missing]
    return REPEATED * len(distinct_numbers(present)) <= len(present) or _names(one) == _names(other)


def _names(column: Column) -> list[str]:
    """The name in each row; anything where it is missing."""
    if isinstance(column, CategoryColumn):
        return [column.categories[it] for it in column.codes.tolist()]
    return column.values if isinstance(column, TextColumn) else []


def _numbered(column: Column, rows: Rows | None = None) -> Doubles:
    """The values in all rows, or in `rows`, numbered as they appear."""
    numbers = column_numbers(column, rows)
    assert numbers is not None
    _, first, codes = np.unique(numbers, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[codes].astype(np.float64)


def _scaled(column: Column, rows: Rows | None = None) -> Doubles:
    """Numbers in all rows, or in `rows`, that have mean 0 and deviation 1 and begin upwards."""
    numbers = column_numbers(column, rows)
    assert numbers is not None
    present = np.isfinite(numbers)
    values = numbers[present]
    numbers[~present] = MISSING
    if len(values):
        values -= values.mean()
        first_sign = np.sign(values[np.argmax(values != 0)])
        numbers[present] = values / (first_sign * values.std() or 1.0)
    return numbers
