"""Points on spirals that wind around each other."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.points import Deviation, Points


class Spirals(Points, frozen=True, kw_only=True, tag="spirals"):
    """Generated points on spirals in the plane that start at the origin, one for each class."""

    arms: Annotated[int, msgspec.Meta(ge=2, le=10)] = 2
    turns: Annotated[float, msgspec.Meta(gt=0, le=10)] = 1.0
    noise: Deviation = 0.02

    @property
    def classes(self) -> int:
        return self.arms
