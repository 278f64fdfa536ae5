"""Numbers of which there are many: as usual, and how far each is in each quarter beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from tui_dl.data.readers.table import Column, Kind, NumberColumn
from tui_dl.data.sorted_numbers import distinct_numbers, quantiles
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform
from tui_dl.data.transforms.log import Log, present
from tui_dl.data.transforms.standardize import Standardize

PARTS = 4
LEAST_ROWS = 30  # of training for each part
LOOKED_AT = 1_000  # rows by which columns of few values are told


class Piecewise(Transform, frozen=True, tag="piecewise"):
    """Features of `log` or `standardize`; then (x - start) / (end - start) of each part, 0 to 1.

    The parts have as many training rows each. Below its start a part is 0, above its end 1, so that
    a network bends where there are rows (Gorishniy, Rubachev & Babenko 2022).

    Attributes:
        number: what the number itself becomes.
        ends: of the parts, rising; none where most rows have one value.
    """

    column_kind: ClassVar[Kind] = "number"
    rank: ClassVar[int] = 3

    number: Log | Standardize
    ends: tuple[float, ...]

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        """Where there are training rows enough for each part."""
        if len(train) < PARTS * LEAST_ROWS:
            return False
        return len(distinct_numbers(present(column, train[:LOOKED_AT]))) >= PARTS

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Piecewise:
        number = (Log if Log.suits(column, train) else Standardize).fit(column, train)
        values = present(column, train)
        if len(values):
            values = distinct_numbers(quantiles(values, np.linspace(0, 1, PARTS + 1)))
        return cls(column.name, number, tuple(values.tolist()) if len(values) > 2 else ())

    @property
    def scales(self) -> list[Scale]:
        return [*self.number.scales, *[None] * len(self.ends[1:])]

    def scaled(self, column: Column, rows: Rows) -> Features:
        return self.number.scaled(column, rows)

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        return self.number.remarks(column, features)

    def apply(self, column: Column) -> Features:
        assert isinstance(column, NumberColumn)
        number = self.number.apply(column)
        if not self.ends:
            return number
        ends = np.array(self.ends)
        values = np.where(column.missing, ends[0], column.values)[:, None]
        return np.hstack([number, np.clip((values - ends[:-1]) / np.diff(ends), 0, 1)])
