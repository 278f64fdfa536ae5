"""A linear problem whose loss is a ravine over its two weights."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.layers.base import TensorSpec


class Ravine(Source, frozen=True, kw_only=True, tag="ravine"):
    """Generated pairs of numbers; the target is 3 times the sum of both.

    The second number is smaller, so that the mean squared error over the two weights of a linear
    model is a ravine.

    Attributes:
        steepness: how many times steeper the loss is across the ravine than along it.
    """

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 300
    steepness: Annotated[float, msgspec.Meta(ge=1, le=10_000)] = 50.0

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((2,))

    @property
    def classes(self) -> int:
        return 0

    @property
    def target(self) -> TensorSpec:
        return TensorSpec((1,))
