"""The base of all transforms: from a column to features, with what was learned from training."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import Column, Kind

Features = npt.NDArray[np.floating[Any]]
Rows = npt.NDArray[np.intp]
# What a feature is scaled by: less its mean by its deviation, or from 0 to 1 over training.
Scale = Literal["deviation", "range"] | None


class Transform(msgspec.Struct, frozen=True, tag_field="kind"):
    """What was learned of one column from its training rows.

    Attributes:
        column_kind: the kind of columns that it is for.
        rank: of those that suit a column the one with the highest is used.
        name: of the column.
    """

    column_kind: ClassVar[Kind]
    rank: ClassVar[int] = 1

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
