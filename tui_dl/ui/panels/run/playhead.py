"""The line with the playhead; it is there once the run has made a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size

from tui_dl.drawing.playhead_strip import playhead_strip
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.panels.panel import EVERY_TAB, Panel

if TYPE_CHECKING:
    from tui_dl.runs.playback import Frame


class PlayheadLine(Panel, can_focus=False):
    """Which moment of the run is shown, and its milestones."""

    TAB = EVERY_TAB
    ORDER = 1
    LEAST_SIZE = Size(1, 1)
    WEIGHT = 0

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._frame: Frame | None = None

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return view.started is not None

    def rows_wanted(self, width: int) -> int:
        return int(self._frame is not None and self._frame.present.step > 0)

    def show(self, frame: Frame) -> None:
        self._frame = frame
        super().show(frame)

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if self._frame is None:
            return []
        return [playhead_strip(self._frame.playhead, self._frame.present, width)]
