"""Numbers from 0 to 1 over the training rows."""

from __future__ import annotations

from typing import ClassVar

from tui_dl.data.readers.table import Column
from tui_dl.data.transforms.base import Rows, Scale
from tui_dl.data.transforms.standardize import Standardize


class MinMax(Standardize, frozen=True, tag="min_max"):
    """(x - min) / (max - min); then 1 where there is none; a missing number is 0."""

    scale: ClassVar[Scale] = "range"

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        return False
