"""The run screen's right column: what it shows depends on how many layers there are, and rows."""

from __future__ import annotations

from math import ceil

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Markdown

from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.support.terminal_text import printable
from tui_dl.ui.panels.early_stopping import PatienceStrip
from tui_dl.ui.panels.gradient_history import GradientHistory
from tui_dl.ui.panels.gradient_meter import GradientMeter

METER_FRAME = 3  # rows of the meter that are not layers: border and scale
LEAST_LAYERS = 2  # the first and the last
HISTORY_FRAME = 2
HISTORY_LAYERS = 4  # show the contrast where there is no room for all
PATIENCE_ROWS = 5
LOOK_FRAME = 2
FRAME_COLUMNS = 4  # border and padding at both sides
FILLED = 0.85  # of a line of text, on average, when words are wrapped


class SidePanel(Vertical):
    """The gradient meter always; early stopping, the meter's past and the lesson where they fit."""

    trained = reactive(0)  # how many layers

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(id="meters")
        self._experiment = experiment
        lesson = experiment.lesson
        self._look = printable(lesson.en.look, keep="\n") if lesson else ""

    def compose(self) -> ComposeResult:
        yield GradientMeter(id="gradient")
        yield GradientHistory(id="history")
        yield PatienceStrip(self._experiment.train.early_stopping, id="patience")
        if self._look:
            look = Markdown(self._look, id="look", open_links=False)
            look.border_title = "What you will see"
            yield look

    def show(self, view: RunView) -> None:
        """Hand `view` on."""
        self.trained = len(view.started.layers) if view.started else 0
        self.query_one(GradientMeter).show(view)
        self.query_one(GradientHistory).view = view
        self.query_one(PatienceStrip).view = view

    def watch_trained(self) -> None:
        self._share_rows()

    def on_resize(self) -> None:
        self._share_rows()

    def _share_rows(self) -> None:
        above = self.size.height - PATIENCE_ROWS
        shown = above >= min(self.trained, LEAST_LAYERS) + METER_FRAME
        self.query_one(PatienceStrip).display = shown
        room = above - self.trained - METER_FRAME
        history = self.query_one(GradientHistory)
        history.display = room >= min(self.trained, HISTORY_LAYERS) + HISTORY_FRAME
        meter = self.query_one(GradientMeter)
        meter.styles.min_height = self.trained + METER_FRAME if history.display else None
        if history.display:
            room -= self.trained + HISTORY_FRAME
        self.query("#look").set(display=room >= self._look_rows)

    @property
    def _look_rows(self) -> int:
        """What the whole lesson needs: half of one helps nobody."""
        columns = max(1, self.size.width - FRAME_COLUMNS) * FILLED
        return LOOK_FRAME + ceil(cell_len(self._look) / columns)
