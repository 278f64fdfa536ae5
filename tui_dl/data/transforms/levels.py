"""Numbers of few different values: standardised, and one-hot beside."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import Column, Kind, NumberColumn
from tui_dl.data.sorted_numbers import counted_numbers, distinct_numbers
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator

LEAST_LEVELS, MOST_LEVELS = 3, 128
LEAST_ROWS = 50  # of training for each level, on average
LOOKED_AT = 1_000  # rows by which most columns are ruled out
LEAST_GROUPS, MOST_GROUPS = 20, 1_024
LEAST_GROUP_ROWS = 3  # of training, on average
MOST_SPREAD = 0.5  # variance of the groups' rows by their mean: by chance it is about 1
SURE_ROWS = 100  # of training for each level, from which on a feature is 1 where it is
UNSURE = 0.25  # else: what few rows say is learned more slowly


class Levels(Transform, frozen=True, tag="levels"):
    """(x - mean) / deviation; then `height` for a row's own value and 0 for others; then 1 if none.

    An hour or a month need not rise or fall with the target: each value has a feature of its own,
    and the number itself serves values that training does not have.

    Attributes:
        levels: the values of the training rows, rising.
        may_miss: whether training rows have no value, so that there is an indicator.
        height: of the features of levels.
    """

    column_kind: ClassVar[Kind] = "number"
    rank: ClassVar[int] = 4

    levels: tuple[float, ...]
    may_miss: bool
    height: float = 1.0

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        """Where whole numbers are of few values that each have many rows, or number groups.

        Groups, such as people who were asked in several years, have about as many rows each.
        """
        assert isinstance(column, NumberColumn)
        most = MOST_GROUPS if len(train) < MOST_GROUPS * LEAST_ROWS else MOST_LEVELS
        some = distinct_numbers(column.values[train[:LOOKED_AT]])
        if len(some) > most + 1 or (some[: len(some) - 1] % 1).any():  # the last may be NaN
            return False
        levels, counts = _levels(column, train)
        if not LEAST_LEVELS <= len(levels) <= most or (levels % 1).any():
            return False
        if len(levels) <= min(MOST_LEVELS, len(train) / LEAST_ROWS):
            return True
        is_even = counts.var() < MOST_SPREAD * counts.mean()
        return len(levels) >= LEAST_GROUPS and counts.mean() >= LEAST_GROUP_ROWS and is_even

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Levels:
        levels, _ = _levels(column, train)
        height = 1.0 if len(train) >= SURE_ROWS * len(levels) else UNSURE
        may_miss = bool(column.missing[train].any())
        return cls(column.name, tuple(levels.tolist()), may_miss, height)

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
        own = features[:, 1 : 1 + len(self.levels)]
        np.equal(values, np.array(self.levels), out=own)
        if self.height != 1:
            own *= self.height
        if self.may_miss:
            features[:, -1:] = indicator(column)
        return features


def _levels(column: Column, train: Rows) -> tuple[Features, npt.NDArray[np.intp]]:
    """The different numbers of the training rows, rising, and how many rows each has."""
    assert isinstance(column, NumberColumn)
    values = column.values[train]
    return counted_numbers(values[~np.isnan(values)])
