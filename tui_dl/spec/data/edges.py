"""Handwritten digits, and the edges in them as targets."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import Source
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec

Filter = Literal["sobel_x", "sobel_y", "laplace"]
Side = Annotated[int, msgspec.Meta(ge=3, le=64)]
SIDE = 3  # rows and columns of a filter


class Edges(Source, frozen=True, kw_only=True, tag="edges"):
    """The bundled digits; the target is what fixed filters of 3 x 3 make of each, a map a filter.

    Attributes:
        resize: height and width of the images.
        filters: the filters, in the order of the maps.
    """

    size_key: ClassVar[str] = "resize"

    resize: tuple[Side, Side] = (16, 16)
    filters: Annotated[list[Filter], msgspec.Meta(min_length=1)] = msgspec.field(
        default_factory=lambda: ["sobel_x", "sobel_y"]
    )

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        for index, name in enumerate(self.filters):
            if name in self.filters[:index]:
                raise ConfigError(f"data.filters[{index}]", f"{name} is there already: remove one")

    @property
    def fixed_filters(self) -> tuple[str, ...]:
        return tuple(self.filters)

    @property
    def count(self) -> int:
        return 1797

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1, *self.resize))

    @property
    def classes(self) -> int:
        return 0

    @property
    def target(self) -> TensorSpec:
        height, width = (side - SIDE + 1 for side in self.resize)
        return TensorSpec((len(self.filters), height, width))
