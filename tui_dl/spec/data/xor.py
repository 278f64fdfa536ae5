"""Points of the four quadrants, whose class is an exclusive or."""

from __future__ import annotations

from tui_dl.spec.data.points import Deviation, Points


class Xor(Points, frozen=True, kw_only=True, tag="xor"):
    """Generated points around (1, 1), (-1, 1), (-1, -1) and (1, -1).

    The label says whether the signs of the coordinates differ.
    """

    noise: Deviation = 0.3

    @property
    def class_names(self) -> list[str]:
        return ["same", "different"]
