"""Numbers: standardised, skewed ones after a logarithm, with an indicator of missing values."""

from __future__ import annotations

import numpy as np

from tui_dl.data.readers.table import Column, NumberColumn
from tui_dl.data.transforms.base import Features, Rows, Transform, indicator

SKEWED = 2.0  # an exponential distribution's skewness


class Number(Transform, frozen=True, tag="number"):
    """x, or log(1 + x / unit) of skewed numbers; then 1 where there is none.

    Attributes:
        unit: the median of the training rows' positive numbers; 0 for no logarithm.
        may_miss: whether training rows have no value, so that there is an indicator.
    """

    unit: float
    may_miss: bool

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Number:
        assert isinstance(column, NumberColumn)
        values = column.values[train]
        present = values[~np.isnan(values)]
        return cls(column.name, _unit(present), len(present) < len(values))

    @property
    def scaled(self) -> list[bool]:
        return [True, False][: 1 + self.may_miss]

    def apply(self, column: Column) -> Features:
        assert isinstance(column, NumberColumn)
        values = column.values[:, None]
        if self.unit:  # no training row has a number below 0
            values = np.log1p(np.maximum(values, 0) / self.unit)
        return np.hstack([values, indicator(column)]) if self.may_miss else values


def _unit(values: Features) -> float:
    """The median of positive numbers if `values` are skewed and not negative, else 0."""
    if len(values) < 3 or values.min() < 0 or not (values > 0).any():
        return 0.0
    unit = float(np.median(values[values > 0]))
    return unit if _skewness(values) > SKEWED and values.max() / unit < np.inf else 0.0


def _skewness(values: Features) -> float:
    """The mean of ((x - mean) / deviation)^3; 0 where all are the same."""
    scale = float(values.max())
    distances = values / scale - (values / scale).mean()
    variance = float((distances**2).mean())
    return float((distances**3).mean()) / variance**1.5 if variance > 0 else 0.0
