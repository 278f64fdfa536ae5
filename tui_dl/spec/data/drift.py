"""A stream of points whose classes change their border over time."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.points import Deviation, Plane


class Drift(Plane, frozen=True, kw_only=True, tag="drift"):
    """Generated points in the plane that come one after another; the border between them turns.

    Attributes:
        sections: equally long ones, of which an epoch trains on the next one.
        turn: by how many degrees the border turns, from a quarter of the time to three quarters.
        noise: standard deviation of what is added to a point's distance from the border.
    """

    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 3000
    sections: Annotated[int, msgspec.Meta(ge=2, le=100)] = 20
    turn: Annotated[float, msgspec.Meta(ge=0, le=360)] = 120.0
    noise: Deviation = 0.1

    @property
    def count(self) -> int:
        return sum(self.splits)

    @property
    def splits(self) -> tuple[int, int, int]:
        for_test = round(self.samples * self.test)
        each = (self.samples - for_test) // self.sections
        for_validation = round(each * self.validation)
        train = max(each - for_validation, 0)
        return self.sections * train, self.sections * for_validation, for_test

    @property
    def class_names(self) -> list[str]:
        return ["below", "above"]
