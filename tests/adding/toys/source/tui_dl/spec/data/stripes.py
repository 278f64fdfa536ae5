"""Images of stripes."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.layers.base import TensorSpec


class Stripes(Source, frozen=True, kw_only=True, tag="stripes"):
    """Generated images of horizontal or vertical stripes, with noise."""

    side: Annotated[int, msgspec.Meta(ge=2, le=64)] = 8
    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 1000

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1, self.side, self.side))

    @property
    def classes(self) -> int:
        return 2

    @property
    def class_names(self) -> list[str]:
        return ["horizontal", "vertical"]
