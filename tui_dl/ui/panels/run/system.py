"""The system panel: what the run's worker uses of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine, StyledText, length
from tui_dl.runs.view import RunView
from tui_dl.support.formatting import gigabytes, step_time
from tui_dl.support.processors import cores
from tui_dl.support.translations import tr
from tui_dl.ui.panels.panel import Panel

SHADES = "▁▂▃▄▅▆▇█"
MOST_LOOKS = 24  # that the row of columns shows


class SystemPanel(Panel, can_focus=False):
    """Processors over the last seconds, memory and the time of a step."""

    TAB = "curves"
    ORDER = 6
    LEAST_SIZE = Size(28, 4)
    WEIGHT = 0
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 1}
    BORDER_TITLE = "Worker"

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.usage)

    def rows_wanted(self, width: int) -> int:
        return 2

    def draw(self, width: int, height: int) -> list[StyledLine]:
        view = self.view
        if view is None or not view.usage:
            return []
        now, machine = view.usage[-1], cores()
        shares = [it.cpu / machine for it in view.usage if it.cpu is not None]
        figure: StyledText = (
            f" {now.cpu:.1f} / {machine}" if now.cpu is not None else "",
            "plain",
        )
        first: StyledLine = [(tr("processors "), "dim"), figure]
        room = min(width - length(first) - 1, MOST_LOOKS)
        first.insert(1, (spark(shares[-room:] if room > 0 else []), "heat"))
        parts = [gigabytes(now.memory)]
        if view.step_ms is not None:
            parts.append(f"{step_time(view.step_ms)}{tr('/step')}")
        return [first, [(" · ".join(parts), "plain")]]


def spark(shares: list[float]) -> str:
    """A column for each share of one."""
    return "".join(SHADES[min(int(it * len(SHADES)), len(SHADES) - 1)] for it in shares)
