"""Handwritten digits."""

from __future__ import annotations

from typing import ClassVar

from tui_dl.spec.data.base import Share, Source
from tui_dl.spec.data.image_data import ImageData
from tui_dl.spec.layers.base import Positive, TensorSpec


class Digits(ImageData, Source, frozen=True, kw_only=True, tag="digits"):
    """1,797 real handwritten digits (UCI, CC BY 4.0), 8x8 greys, bundled.

    Attributes:
        resize: height and width of the images.
        label_noise: the share of all labels that are replaced by another class, drawn at random.
    """

    size_key: ClassVar[str] = "resize"

    resize: tuple[Positive, Positive] = (8, 8)
    label_noise: Share = 0.0

    @property
    def count(self) -> int:
        return sum(self.class_sizes)

    @property
    def class_sizes(self) -> tuple[int, ...]:
        return 178, 182, 177, 183, 181, 182, 181, 179, 174, 180

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1, *self.resize))

    @property
    def classes(self) -> int:
        return 10
