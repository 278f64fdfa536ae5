"""The lesson of the run's experiment: what one will see, why, and what to try."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.geometry import Size

from tui_dl.drawing.markdown import markdown
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.panels.scrolling import ScrollingPanel

MOST_WIDTH = 76  # cells of a line: longer ones are hard to read


class LessonPanel(ScrollingPanel):
    """The whole lesson."""

    TAB = "lesson"
    ORDER = 1
    LEAST_SIZE = Size(24, 6)
    WEIGHT = 1
    BESIDE: ClassVar[Mapping[str, int]] = {"curves": 2}
    BORDER_TITLE = "Lesson"

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._rows_of: tuple[int, list[StyledLine]] = (0, [])  # for a width

    @classmethod
    def wants(cls, view: RunView) -> bool:
        return bool(view.experiment and view.experiment.lesson)

    def all_rows(self, width: int) -> list[StyledLine]:
        width = min(width, MOST_WIDTH)
        if self._rows_of[0] != width and self.experiment.lesson:
            text = self.experiment.lesson.en
            parts = {"What you will see": text.look, "Why": text.why, "Try": text.try_}
            rows: list[StyledLine] = []
            for title, part in parts.items():
                rows += [[(title, "train")], *markdown(part, width), []]
            self._rows_of = width, rows[:-1]
        return self._rows_of[1]
