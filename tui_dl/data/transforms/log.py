"""Skewed numbers: their logarithm, less its mean, by its deviation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from tui_dl.data.readers.table import Column, Kind, NumberColumn
from tui_dl.data.sorted_numbers import median
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import written

SKEWED = 2.0  # an exponential distribution's skewness


class Log(Transform, frozen=True, tag="log"):
    """log(1 + x / unit), standardised; then 1 where there is none. Numbers below 0 count as 0.

    Attributes:
        unit: the median of the training rows' positive numbers; 1 where there are none.
        may_miss: whether training rows have no value, so that there is an indicator.
    """

    column_kind: ClassVar[Kind] = "number"
    rank: ClassVar[int] = 2

    unit: float
    may_miss: bool

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        """Where training rows are skewed and never below 0."""
        values = present(column, train)
        if len(values) < 3 or values.min() < 0 or not values.max() / _unit(values) < np.inf:
            return False
        return _skewness(values) > SKEWED

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Log:
        values = present(column, train)
        if len(values) and values.min() < 0:
            raise UserError(
                f"data.transform.{column.name}: log is for numbers from 0 up, and there is "
                f'{written(float(values.min()))}: use "standardize"'
            )
        return cls(column.name, _unit(values), bool(column.missing[train].any()))

    @property
    def scales(self) -> list[Scale]:
        return ["deviation", None] if self.may_miss else ["deviation"]

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        assert isinstance(column, NumberColumn)
        yield from super().remarks(column, features)
        for row in np.flatnonzero(column.values < 0).tolist():
            yield row, f"{written(float(column.values[row]))} is below 0: it counts as 0"

    def apply(self, column: Column) -> Features:
        assert isinstance(column, NumberColumn)
        values: Features = np.log1p(np.maximum(column.values[:, None], 0) / self.unit)
        return np.hstack([values, indicator(column)]) if self.may_miss else values


def present(column: Column, train: Rows) -> Features:
    """The numbers of the training rows that have one."""
    assert isinstance(column, NumberColumn)
    values = column.values[train]
    return values[~np.isnan(values)]


def _unit(values: Features) -> float:
    """The median of the positive numbers; 1 where there are none."""
    positive = values[values > 0]
    return median(positive) if len(positive) else 1.0


def _skewness(values: Features) -> float:
    """The mean of ((x - mean) / deviation)^3; 0 where all are the same."""
    scale = float(values.max()) or 1.0
    distances = values / scale - (values / scale).mean()
    squares = distances**2
    variance = float(squares.mean())
    # The third power by a product: numpy's takes twenty times as long.
    return float((squares * distances).mean()) / variance**1.5 if variance > 0 else 0.0
