"""Columns that say the same: copies, other units, or other names for the same categories."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.data.readers.table import CategoryColumn, Column, Table
from tui_dl.data.report.column_numbers import Doubles, column_numbers
from tui_dl.data.split import Indices, Split
from tui_dl.data.transforms.base import Rows
from tui_dl.spec.data_spec import Finding
from tui_dl.support.rng import stream

SAME = 1e-9  # how far copies in other units are apart, in deviations: only by rounding
LOOKED_AT = 1000  # rows by which columns are told apart, before whole ones are compared
ROUNDING = 1e-12  # of a sum, more than adding up changes
MISSING = 1e9  # stands for a missing value, and no other has that many deviations


def find(table: Table, splits: Split) -> Iterator[Finding]:
    """A finding for each column that says the same as an earlier one."""
    columns = table.inputs
    start = np.arange(min(LOOKED_AT, table.rows))
    starts = np.array([_standard(it, start) for it in columns])
    near = _Near(starts)
    for index, column in enumerate(columns):
        before = near.before(index)
        alike = before[np.abs(starts[before] - starts[index]).max(axis=1, initial=0) <= SAME]
        for other in (columns[it] for it in alike.tolist()):
            if not _same(other, column):
                continue
            yield Finding(
                "duplicate_columns",
                (other.name, column.name),
                f"columns {other.name!r} and {column.name!r} say the same in all {table.rows:,} "
                "rows",
                {"rows": table.rows},
                f"leave {column.name!r} out of the file: it adds nothing",
            )
            break


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


def _same(one: Column, other: Column) -> bool:
    """Whether two columns say the same in all rows; names that all differ would fit any others."""
    if isinstance(one, CategoryColumn) != isinstance(other, CategoryColumn):
        return False
    if isinstance(one, CategoryColumn) and isinstance(other, CategoryColumn):
        all_differ = len(one.categories) == len(one.codes) - one.missing_count
        if all_differ and set(one.categories) != set(other.categories):
            return False
    return bool(np.abs(_standard(one) - _standard(other)).max() <= SAME)


def _standard(column: Column, rows: Rows | None = None) -> Doubles:
    """The values in all rows, or in `rows`, in a form that copies share.

    Numbers have mean 0 and deviation 1 and begin upwards; categories are numbered as they appear.
    """
    numbers = column_numbers(column, rows)
    assert numbers is not None
    if isinstance(column, CategoryColumn):
        _, first, codes = np.unique(numbers, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[codes].astype(np.float64)
    present = np.isfinite(numbers)
    values = numbers[present]
    numbers[~present] = MISSING
    if len(values):
        values -= values.mean()
        first_sign = np.sign(values[np.argmax(values != 0)])
        numbers[present] = values / (first_sign * values.std() or 1.0)
    return numbers
