"""The list of what happened in the run up to the moment that is shown."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Size

from tui_dl.drawing.event_list import EventRows, header
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.support.translations import said
from tui_dl.ui.panels.scrolling import ScrollingPanel


class EventsPanel(ScrollingPanel):
    """Doubts about the data, then the events, the newest one last."""

    TAB = "events"
    ORDER = 1
    LEAST_SIZE = Size(40, 5)
    WEIGHT = 1
    MOST_WIDTH = 110
    FOLLOWS: ClassVar[bool] = True
    BORDER_TITLE = "Events"

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._events = EventRows()

    def say_again(self) -> None:
        self._events = EventRows()
        super().say_again()

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.events or view.findings)

    def head_rows(self, width: int) -> list[StyledLine]:
        return [header()]

    def all_rows(self, width: int) -> list[StyledLine]:
        view = self.view
        if view is None:
            return []
        doubts: list[StyledLine] = [
            [(row, "warn")] for it in view.findings for row in wrapped(said(it.headline), width)
        ]
        return [*doubts, *self._events.up_to(view.events, width)]
