"""A chart of curves with its keys; it costs nothing while it is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive

from tui_dl.drawing.chart_spec import ChartSpec
from tui_dl.drawing.chart_view import ChartView, per_epoch
from tui_dl.drawing.compiling import compiling_rows
from tui_dl.drawing.legend import legend
from tui_dl.drawing.styled_text import StyledLine, centred
from tui_dl.drawing.value_range import has_outliers
from tui_dl.drawing.y_axis import AXIS_WIDTH
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.support.translations import tr
from tui_dl.ui.messages import CurvesWanted
from tui_dl.ui.panels.panel import Panel

if TYPE_CHECKING:
    from tui_dl.runs.playback import Frame

LEAST_WIDTH, LEAST_HEIGHT = 20, 4
SAID_FOR = 3.0  # seconds
CURSOR = "Numbers at a cursor; with shift ten columns at once"
NO_CURSOR = "Remove the cursor"
ZOOM = "Half as much of the run, twice as much; 0: all of it"
PAN = "Back, forward in what is zoomed"
SMOOTHING = "Mean over more steps, over fewer; the last is none"
AXIS = "Epochs, steps, or seconds of the steps alone, without what is done between them"
STEPS_ALONE = "axis: seconds of the steps alone"
OUTLIERS = "All values on the vertical axis, or no outliers"


AXIS_KEYS = (
    Binding("plus,equals_sign", "zoom(1)", "Zoom in", key_display="+ -", tooltip=ZOOM),
    Binding("minus", "zoom(-1)", "Zoom out", show=False),
    Binding("left_parenthesis", "pan(-1)", "Pan", show=False, tooltip=PAN),
    Binding("right_parenthesis", "pan(1)", "Pan right", show=False),
    Binding("0", "fit", "Fit", show=False, tooltip="Show the whole run"),
    Binding("x", "unit", "Axis", show=False, tooltip=AXIS),
)


class CurvePanel(Panel):
    """A panel of the charts' horizontal axis: all of them are looked at in one way.

    `AXIS_KEYS` are the keys of those that can have the focus.
    """

    TAB = "curves"
    MOST_WIDTH = 110
    shown: reactive[ChartView] = reactive(ChartView(), repaint=False, bindings=True)

    def watch_shown(self) -> None:
        self.redraw_in_turn()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.shown.window is not None if action in ("fit", "pan") else True

    def look(self, shown: ChartView) -> None:
        """Look at all charts in another way."""
        if shown.request != self.shown.request:
            self.post_message(CurvesWanted(shown.request))
        for panel in self.screen.query(CurvePanel):
            panel.shown = shown

    def action_zoom(self, direction: int) -> None:
        """Show half as much (1) or twice as much (-1)."""
        if self.view is not None:
            zoom = self.shown.zoom_in if direction > 0 else self.shown.zoom_out
            self.look(zoom(self.view))

    def action_pan(self, direction: int) -> None:
        """Go back or forward in what is zoomed."""
        if self.view is not None:
            self.look(self.shown.pan(direction, self.view))

    def action_fit(self) -> None:
        """Show the whole run."""
        self.look(self.shown.fit())

    def action_unit(self) -> None:
        """Show epochs, steps and seconds in turn."""
        self.look(self.shown.next_unit())


class Chart(CurvePanel):
    """A legend with the newest values or those at the cursor, and below it the curves."""

    LEAST_SIZE = Size(LEAST_WIDTH + 4, 8)
    WEIGHT: ClassVar[int] = 1
    SLOW = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor(-1)", "Cursor", key_display="← →", tooltip=CURSOR),
        Binding("right", "cursor(1)", "Cursor right", show=False),
        Binding("shift+left", "cursor(-10)", "Cursor far left", show=False),
        Binding("shift+right", "cursor(10)", "Cursor far right", show=False),
        Binding("escape", "remove_cursor", "No cursor", key_display="esc", tooltip=NO_CURSOR),
        *AXIS_KEYS,
        Binding("m", "smooth(1)", "Smoothing", show=False, tooltip=SMOOTHING),
        Binding("M", "smooth(-1)", "Less smoothing", show=False),
        Binding("l", "log_axis", "Log scale", tooltip="Loss on a log scale, or a linear one"),
        Binding("a", "outliers", "All values", show=False, tooltip=OUTLIERS),
    ]

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._playhead: int | None = None  # the step that is shown; None: the newest
        self._drawn: object = None  # what the curves were drawn of
        self._curves: list[StyledLine] = []

    def say_again(self) -> None:
        self._drawn = None
        super().say_again()

    def chart_of(self, view: RunView) -> ChartSpec:
        """What is drawn of a moment."""
        raise NotImplementedError

    def show(self, frame: Frame) -> None:
        self._playhead = frame.playhead.at(frame.present)
        super().show(frame)

    def draw(self, width: int, height: int) -> list[StyledLine]:
        if width < LEAST_WIDTH or height < LEAST_HEIGHT or self.view is None:
            return []
        chart = self.chart_of(self.view)
        smooth = "" if chart.empty else tr("curve: {how}", how=chart.smoothing)
        is_time = self.shown.unit == "time" and not chart.empty
        self.set_titles(self.panel_title, tr(STEPS_ALONE) if is_time else smooth)
        if chart.empty:
            middle: list[StyledLine] = [[] for _ in range(height // 2 - 1)]
            return [*middle, *_waiting(self.view, width)]
        from tui_dl.drawing.plot import plot, with_moments  # plotext only once there is something

        if self._playhead is not None:
            chart = replace(chart, playhead=self._playhead / per_epoch(self.view))
        drawn = (chart.curves, width, height)
        if drawn != self._drawn:  # it takes 10 ms; legend and cursor change more often
            self._drawn, self._curves = drawn, plot(chart, width, height - 1)
        return [legend(chart, width), *with_moments(self._curves, chart, width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "remove_cursor":
            return self.shown.cursor is not None
        return super().check_action(action, parameters)

    def action_cursor(self, columns: int) -> None:
        """Move the cursor; there is one from now on."""
        if self.view is not None:
            self.focus()  # so that escape removes it
            width = self.content_size.width - AXIS_WIDTH
            self.look(self.shown.move_cursor(columns, self.view, width))

    def action_remove_cursor(self) -> None:
        """Remove the cursor."""
        self.look(self.shown.without_cursor())

    def action_smooth(self, direction: int) -> None:
        """Take the mean over more steps or fewer, or over none."""
        if self.view is not None:
            self.look(self.shown.smoother(direction, self.view))

    def action_log_axis(self) -> None:
        """Show the loss on a log scale, or on a linear one again."""
        self.look(self.shown.toggle_log())

    def action_outliers(self) -> None:
        """Let the axis reach all values, or leave outliers out again."""
        found = self.view is not None and has_outliers(
            line.points[1] for line in self.chart_of(self.view).lines
        )
        if not found and not self.shown.outliers:
            self.notify(tr("There are no outliers: all values are on the axis."), timeout=SAID_FOR)
            return
        self.look(self.shown.toggle_outliers())


def _waiting(view: RunView, width: int) -> list[StyledLine]:
    """What to say while there is nothing to draw."""
    if view.compiling:
        return compiling_rows(view.compiling, width)
    says = tr("no step yet") if view.live else tr("nothing was recorded")
    return [[(centred(says, width), "dim")]]
