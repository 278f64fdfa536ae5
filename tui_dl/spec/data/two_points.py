"""Two points, few enough to follow every number."""

from __future__ import annotations

from typing import ClassVar

from tui_dl.spec.data.base import DescribedData
from tui_dl.spec.layers.base import TensorSpec


class TwoPoints(DescribedData, frozen=True, kw_only=True, tag="two_points"):
    """Two generated points in the plane, one of each class; validation and test have them, too."""

    size_key: ClassVar[str] = "batch_size"

    @property
    def count(self) -> int:
        return sum(self.splits)

    @property
    def splits(self) -> tuple[int, int, int]:
        return 2, 2, 2

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((2,))

    @property
    def classes(self) -> int:
        return 2

    @property
    def class_names(self) -> list[str]:
        return ["a", "b"]
