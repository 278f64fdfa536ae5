"""Points on circles around each other."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.points import Deviation, Points


class Circles(Points, frozen=True, kw_only=True, tag="circles"):
    """Generated points on circles around the origin, which belong to two classes in turn."""

    rings: Annotated[int, msgspec.Meta(ge=2, le=20)] = 2
    noise: Deviation = 0.05
