"""Columns and tables written out in a test."""

from typing import Any

import numpy as np
from msgspec.structs import replace

from tui_dl.data.readers.table import (
    CategoryColumn,
    Column,
    DateColumn,
    NumberColumn,
    Table,
    TextColumn,
)


def numbers(*values: float) -> NumberColumn:
    array = np.array(values, np.float64)
    return NumberColumn("x", np.isnan(array), array)


def categories(*values: str | None) -> CategoryColumn:
    names = sorted({it for it in values if it is not None})
    codes = np.array([-1 if it is None else names.index(it) for it in values], np.int32)
    return CategoryColumn("x", codes < 0, codes, tuple(names))


def dates(*values: str) -> DateColumn:
    array = np.array(values, "datetime64[s]")
    return DateColumn("x", np.isnat(array), array)


def texts(*values: str) -> TextColumn:
    return TextColumn("x", np.array([not it for it in values]), list(values))


def rows(*indices: int) -> Any:
    return np.array(indices)


def table(target: Column, *columns: Column) -> Table:
    task: Any = "classification" if isinstance(target, CategoryColumn) else "regression"
    return Table(len(target.missing), (*columns, target), target.name, task, "", ".", ())


def named(column: Any, name: str) -> Any:
    return replace(column, name=name)
