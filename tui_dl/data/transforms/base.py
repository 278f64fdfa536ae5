"""The base of all transforms: from a column to features, with what was learned from training."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.booleans import as_known
from tui_dl.data.readers.table import CategoryColumn, Column, Kind

NO_WORDS = "none of its words was in training"

Features = npt.NDArray[np.floating[Any]]
Rows = npt.NDArray[np.intp]
# What a feature is scaled by: less its mean by its deviation, or from 0 to 1 over training.
Scale = Literal["deviation", "range"] | None


class Transform(msgspec.Struct, frozen=True, tag_field="kind"):
    """What was learned of one column from its training rows.

    Attributes:
        column_kind: the kind of columns that it is for.
        rank: of those that suit a column the one with the highest is used.
        gap: what is made of a missing value, where training rows had none.
        name: of the column.
    """

    column_kind: ClassVar[Kind]
    rank: ClassVar[int] = 1
    gap: ClassVar[str] = "no value: the mean of training takes its place"

    name: str

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        """Whether it suits a column of its kind; one that suits none is used where it is named."""
        return True

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Transform:
        """Learn from the rows `train` of a column of this kind."""
        raise NotImplementedError

    @property
    def scales(self) -> list[Scale]:
        """What each feature is scaled by."""
        raise NotImplementedError

    def apply(self, column: Column) -> Features:
        """(rows, features) of any rows of such a column; NaN where a scaled one is missing."""
        raise NotImplementedError

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        """Rows of a column that have what training rows had not, and what is made of it.

        Args:
            column: of the rows.
            features: (rows, features) what `apply` makes of it, scaled.
        """
        if not getattr(self, "may_miss", True):
            for row in np.flatnonzero(column.missing).tolist():
                yield row, self.gap

    def scaled(self, column: Column, rows: Rows) -> Features:
        """(rows, scaled features) of the rows at `rows`: the features by which scales are found."""
        return self.apply(column)[rows][:, [it is not None for it in self.scales]]

    @property
    def width(self) -> int:
        """How many features there are."""
        return len(self.scales)

    @property
    def named_kind(self) -> str:
        """The kind of column to be read for it, one of `NAMED_KINDS`."""
        return self.column_kind


def indicator(column: Column) -> Features:
    """(rows, 1) of 1 where there is no value, else 0."""
    return column.missing[:, None].astype(np.float64)


def others(column: CategoryColumn, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """The rows whose category is not `known`, and which it is."""
    is_other = np.array([it not in known for it in as_known(column.categories, known)] + [False])
    for row in np.flatnonzero(is_other[column.codes]).tolist():  # a missing one is the last place
        yield row, column.categories[column.codes[row]]
