"""The base of all transforms: from a column to features, with what was learned from training."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import Column

Features = npt.NDArray[np.floating[Any]]
Rows = npt.NDArray[np.intp]


class Transform(msgspec.Struct, frozen=True, tag_field="kind"):
    """What was learned of one column from its training rows; a kind is that of its columns.

    Attributes:
        name: of the column.
    """

    name: str

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Transform:
        """Learn from the rows `train` of a column of this kind."""
        raise NotImplementedError

    @property
    def scaled(self) -> list[bool]:
        """For each feature whether it is standardised: less its mean, by its deviation."""
        raise NotImplementedError

    def apply(self, column: Column) -> Features:
        """(rows, features) of any rows of such a column; NaN where a scaled one is missing."""
        raise NotImplementedError

    @property
    def width(self) -> int:
        """How many features there are."""
        return len(self.scaled)

    @property
    def named_kind(self) -> str:
        """The kind of column to be read for it, one of `NAMED_KINDS`."""
        return str(self.__struct_config__.tag)


def indicator(column: Column) -> Features:
    """(rows, 1) of 1 where there is no value, else 0."""
    return column.missing[:, None].astype(np.float64)
