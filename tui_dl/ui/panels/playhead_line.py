"""The line with the playhead; hidden until the run has made a step."""

from __future__ import annotations

from textual.reactive import reactive

from tui_dl.drawing.playhead_strip import playhead_strip
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import Present
from tui_dl.ui.panels.rows import Rows


class PlayheadLine(Rows):
    """Which moment of the run is shown, and its milestones."""

    at: reactive[tuple[Playhead, Present] | None] = reactive(None, repaint=False)

    def show(self, playhead: Playhead, present: Present) -> None:
        """Show where the playhead of a run is."""
        self.set_class(present.step > 0, "-any")
        self.at = playhead, present

    def watch_at(self) -> None:
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return [playhead_strip(*self.at, width)] if self.at else []
