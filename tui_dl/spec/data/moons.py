"""Points on two interleaving half circles."""

from __future__ import annotations

from tui_dl.spec.data.points import Points


class Moons(Points, frozen=True, kw_only=True, tag="moons"):
    """Generated points on two half circles in the plane; the label says on which one."""

    @property
    def class_names(self) -> list[str]:
        return ["upper", "lower"]
