"""The bases of sources of generated points in the plane."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Share, Source
from tui_dl.spec.layers.base import TensorSpec

Deviation = Annotated[float, msgspec.Meta(ge=0, le=10)]


class Plane(Source, frozen=True, kw_only=True):
    """Generated points (x1, x2), each of one of two classes."""

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 2000

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((2,))

    @property
    def classes(self) -> int:
        return 2


class Points(Plane, frozen=True, kw_only=True):
    """Generated points (x1, x2), each with the class of the shape that it was drawn on.

    Attributes:
        noise: standard deviation of the normal noise that moves each coordinate.
        label_noise: the share of all labels that are replaced by another class, drawn at random.
    """

    noise: Deviation = 0.1
    label_noise: Share = 0.0


class PlaneRegression(Plane, frozen=True, kw_only=True):
    """Generated points (x1, x2), each with one number as its target."""

    @property
    def classes(self) -> int:
        return 0

    @property
    def target(self) -> TensorSpec:
        return TensorSpec((1,))
