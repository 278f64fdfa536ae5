"""Small tables for the checks of the report."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import CategoryColumn, Column, NumberColumn, Table
from tui_dl.data.report import load
from tui_dl.data.split import Split
from tui_dl.spec.data_spec import Finding

Doubles = npt.NDArray[np.float64]


def draw(seed: int = 0) -> np.random.Generator:
    """Random numbers, the same each time."""
    return np.random.default_rng(seed)


def number(name: str, values: npt.ArrayLike) -> NumberColumn:
    """A column of numbers; NaN where missing."""
    numbers = np.asarray(values, np.float64)
    return NumberColumn(name, np.isnan(numbers), numbers)


def category(name: str, values: Sequence[str | None]) -> CategoryColumn:
    """A column of categories in alphabetical order; None where missing."""
    names = sorted({it for it in values if it is not None})
    codes = np.array([-1 if it is None else names.index(it) for it in values], np.int32)
    return CategoryColumn(name, codes < 0, codes, tuple(names))


def table(*columns: Column) -> Table:
    """A table of which the last column is the target."""
    target = columns[-1]
    task = "classification" if isinstance(target, CategoryColumn) else "regression"
    return Table(len(target.missing), columns, target.name, task, "", ".", ())  # type: ignore[arg-type]


def split(rows: int) -> Split:
    """Rows in random order: 70 % to train on, 15 % each to validate with and to test with."""
    first, second = int(0.7 * rows), int(0.85 * rows)
    train, validation, test = np.split(draw(1).permutation(rows), [first, second])
    return train, validation, test


def found(check: str, it: Table) -> list[Finding]:
    """The findings of one check."""
    return list(load(check).find(it, split(it.rows)))
