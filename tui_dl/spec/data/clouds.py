"""Clouds of points around centres."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.points import Deviation, Points

Coordinate = Annotated[float, msgspec.Meta(ge=-100, le=100)]
Centers = Annotated[
    tuple[tuple[Coordinate, Coordinate], ...], msgspec.Meta(min_length=2, max_length=10)
]


class Clouds(Points, frozen=True, kw_only=True, tag="clouds"):
    """Generated points of the plane, scattered around a center for each class."""

    centers: Centers = ((-1.0, 0.0), (1.0, 0.0))
    noise: Deviation = 0.5

    @property
    def classes(self) -> int:
        return len(self.centers)
