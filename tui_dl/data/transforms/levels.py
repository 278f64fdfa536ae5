"""Numbers of few different values: standardised, and one-hot beside."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from tui_dl.data.readers.table import Column, Kind, NumberColumn
from tui_dl.data.sorted_numbers import distinct_numbers
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator

LEAST_LEVELS, MOST_LEVELS = 3, 32
LOOKED_AT = 1_000  # rows by which most columns are ruled out
LEAST_ROWS = 100  # of training for each level, on average


class Levels(Transform, frozen=True, tag="levels"):
    """(x - mean) / deviation; then 1 for a row's own value and 0 for others; then 1 where none is.

    An hour or a month need not rise or fall with the target: each value has a feature of its own,
    and the number itself serves values that training does not have.

    Attributes:
        levels: the values of the training rows, rising.
        may_miss: whether training rows have no value, so that there is an indicator.
    """

    column_kind: ClassVar[Kind] = "number"
    rank: ClassVar[int] = 4

    levels: tuple[float, ...]
    may_miss: bool

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        """Where whole numbers are of few values that each have many rows."""
        assert isinstance(column, NumberColumn)
        some = distinct_numbers(column.values[train[:LOOKED_AT]])
        if len(some) > MOST_LEVELS + 1:  # NaN is one of them
            return False
        levels = _levels(column, train)
        few = LEAST_LEVELS <= len(levels) <= min(MOST_LEVELS, len(train) / LEAST_ROWS)
        return few and not (levels % 1).any()

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Levels:
        levels = _levels(column, train)
        return cls(column.name, tuple(levels.tolist()), bool(column.missing[train].any()))

    @property
    def scales(self) -> list[Scale]:
        others: list[Scale] = [None] * (len(self.levels) + self.may_miss)
        return ["deviation", *others]

    def scaled(self, column: Column, rows: Rows) -> Features:
        assert isinstance(column, NumberColumn)
        return column.values[rows, None]

    def apply(self, column: Column) -> Features:
        assert isinstance(column, NumberColumn)
        values = column.values[:, None]
        features = np.empty((self.width, len(values))).T  # filled column by column
        features[:, :1] = values
        np.equal(values, np.array(self.levels), out=features[:, 1 : 1 + len(self.levels)])
        if self.may_miss:
            features[:, -1:] = indicator(column)
        return features


def _levels(column: Column, train: Rows) -> Features:
    """The different numbers of the training rows, rising."""
    assert isinstance(column, NumberColumn)
    values = column.values[train]
    values = values[~np.isnan(values)]
    return distinct_numbers(values)
