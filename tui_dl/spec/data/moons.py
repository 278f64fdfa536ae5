"""Points on two interleaving half circles."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.layers.base import TensorSpec


class Moons(Source, frozen=True, kw_only=True, tag="moons"):
    """Generated points on two half circles in the plane; the label says on which one."""

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 2000
    noise: Annotated[float, msgspec.Meta(ge=0, le=10)] = 0.1

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((2,))

    @property
    def classes(self) -> int:
        return 2

    @property
    def class_names(self) -> list[str]:
        return ["upper", "lower"]
