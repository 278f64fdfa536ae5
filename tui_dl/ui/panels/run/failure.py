"""Why a run failed, and the last lines its worker wrote."""

from __future__ import annotations

from textual.geometry import Size

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import at_most
from tui_dl.runs.view import RunView
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said
from tui_dl.ui.panels.panel import ANY, EVERY_TAB, Panel


class FailurePanel(Panel, can_focus=False):
    """The reason of a failure; below it as much of the end of the log as there is room for."""

    TAB = EVERY_TAB
    ORDER = 4
    LEAST_SIZE = Size(1, 1)
    WEIGHT = 0

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return view.failure is not None

    def rows_wanted(self, width: int) -> int:
        return len(_reason(self.view, width, ANY)) + len(_log(self.view))

    def draw(self, width: int, height: int) -> list[StyledLine]:
        reason = _reason(self.view, width, height)
        log = _log(self.view)[-max(height - len(reason), 0) :] * (height > len(reason))
        return [*reason, *log]


def _reason(view: RunView | None, width: int, most: int) -> list[StyledLine]:
    """Why it failed, in at most so many rows."""
    if view is None or view.failure is None:
        return []
    first, *more = at_most(printable(said(view.failure)), width - 2, most) or [""]
    return [[("✘ ", "bad"), (first, "bad")], *([("  ", "plain"), (it, "bad")] for it in more)]


def _log(view: RunView | None) -> list[StyledLine]:
    """The end of the log without what the reason says already."""
    if view is None or view.failure is None:
        return []
    return [[("  ", "plain"), (line, "dim")] for line in view.log if line not in view.failure]
