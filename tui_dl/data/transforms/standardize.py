"""Numbers less their mean, by their deviation."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from tui_dl.data.readers.table import Column, Kind, NumberColumn
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator


class Standardize(Transform, frozen=True, tag="standardize"):
    """(x - mean) / deviation; then 1 where there is none.

    Attributes:
        may_miss: whether training rows have no value, so that there is an indicator.
    """

    column_kind: ClassVar[Kind] = "number"
    scale: ClassVar[Scale] = "deviation"

    may_miss: bool

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Standardize:
        return cls(column.name, bool(column.missing[train].any()))

    @property
    def scales(self) -> list[Scale]:
        return [self.scale, None][: 1 + self.may_miss]

    def apply(self, column: Column) -> Features:
        assert isinstance(column, NumberColumn)
        values = column.values[:, None]
        return np.hstack([values, indicator(column)]) if self.may_miss else values
