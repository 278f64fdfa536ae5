"""The run screen's right column: gradients, early stopping and the lesson."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Markdown

from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.early_stopping import EarlyStoppingPanel
from tui_dl.ui.panels.gradient_heat_map import GradientHeatMap
from tui_dl.ui.panels.gradient_meter import GradientMeter
from tui_dl.ui.panels.resizable import Resizable
from tui_dl.ui.panels.side_layout import side_layout


class SidePanel(Resizable):
    """Always shows the gradient meter, and of the other panels those that fit."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(id="side")
        self._experiment = experiment
        self._layers = sum(bool(node.parameters) for node in experiment.nodes)
        lesson = experiment.lesson
        self._lesson = printable(lesson.en.look, keep="\n") if lesson else ""

    def compose(self) -> ComposeResult:
        yield GradientMeter(id="gradient")
        yield GradientHeatMap(id="history")
        yield EarlyStoppingPanel(self._experiment.train.early_stopping, id="patience")
        if self._lesson:
            lesson = Markdown(self._lesson, id="look", open_links=False)
            lesson.border_title = "What you will see"
            yield lesson

    def show(self, view: RunView) -> None:
        """Hand `view` to the panels."""
        self.query_one(GradientMeter).view = view
        self.query_one(GradientHeatMap).view = view
        self.query_one(EarlyStoppingPanel).view = view

    def size_changed(self) -> None:
        layout = side_layout(*self.content_size, self._layers, cell_len(self._lesson))
        self.query_one(EarlyStoppingPanel).display = layout.patience
        self.query_one(GradientHeatMap).display = layout.history
        meter = self.query_one(GradientMeter).styles
        meter.min_height = layout.meter_rows
        meter.max_height = layout.most_meter_rows
        self.query("#look").set(display=layout.lesson)
