"""A linear problem whose loss is a ravine over its two weights."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.points import PlaneRegression


class Ravine(PlaneRegression, frozen=True, kw_only=True, tag="ravine"):
    """Generated pairs of numbers; the target is 3 times the sum of both.

    The second number is smaller, so that the mean squared error over the two weights of a linear
    model is a ravine.

    Attributes:
        steepness: how many times steeper the loss is across the ravine than along it.
    """

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 300
    steepness: Annotated[float, msgspec.Meta(ge=1, le=10_000)] = 50.0
