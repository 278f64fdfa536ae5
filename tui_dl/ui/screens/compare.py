"""Runs side by side: what differs between them, and their curves at one moment."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll

from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.runs.side_by_side import SideBySide
from tui_dl.runs.traces import labelled
from tui_dl.spec.train.metrics import VALIDATION_LOSS
from tui_dl.support.formatting import counted
from tui_dl.support.translations import said, tr
from tui_dl.ui.messages import RunWanted
from tui_dl.ui.panels.frame import TALL, Keys, TooSmall
from tui_dl.ui.panels.heading import TitleHeading
from tui_dl.ui.panels.panel import ANY
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.screens.overlay import Overlay, OverlayScreen

MOST_KEYS = 9  # runs that a digit opens
CHARTS = 54  # columns from which on the charts stand beside the table
MARGIN = 3  # columns beside the table: a blank at each side, and its scroll bar
OF_CURVES = ("play", "epochs", "steps", "speed", "milestones", "home", "end", "figure", "log_axis")


class Differences(Rows):
    """The table of settings and results that differ, all of its rows."""

    def __init__(self, compared: SideBySide) -> None:
        super().__init__()
        self._compared = compared

    @property
    def width_wanted(self) -> int:
        """The columns of its tables, with their margin; the names of runs may be cut."""
        return max(map(length, self._drawn(ANY)[len(self._compared.columns) :])) + MARGIN

    def size_changed(self) -> None:
        self.styles.height = len(self._drawn(max(self.content_size.width, 1)))
        self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        return self._drawn(width)[:height]

    def _drawn(self, width: int) -> list[StyledLine]:
        from tui_dl.drawing.compared import draw_compared

        return draw_compared(self._compared, width)


class CompareScreen(OverlayScreen):
    """Differences and curves: side by side, one above the other, or one of them, as they fit."""

    TITLE = "Compare"
    AUTO_FOCUS = "#differences"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "turn", "Curves", tooltip="Differences or curves, where there is no room"),
        Binding("u", "figure", "Figure", tooltip="Validation loss, training loss, the metric"),
        Binding("l", "log_axis", "Log scale", tooltip="Losses on a log scale, or a linear one"),
        *(
            Binding(str(key), f"open_run({key})", "Run", key_display="1 – 9", show=key == 1)
            for key in range(1, MOST_KEYS + 1)
        ),
        Binding("escape", "app.show_home", "Back", key_display="esc", tooltip="The list of runs"),
    ]

    def __init__(self, compared: SideBySide) -> None:
        """Make the screen of a comparison; its first column is the baseline."""
        self._entries = [entry for column in compared.columns for entry in column.entries]
        super().__init__(labelled(self._entries), watching=False)
        self._compared = compared
        metric = compared.metric
        self._metric = "accuracy" if metric == VALIDATION_LOSS else metric
        self._curves = False

    def compose(self) -> ComposeResult:
        runs = [it.run for it in self._entries]
        yield TitleHeading(tr("Runs side by side"), said(counted(len(runs), "run")), runs)
        with Container(id="parts"):
            with VerticalScroll(id="differences"):
                yield Differences(self._compared)
            yield Overlay(self._metric)
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Show both parts where they fit, else the one that is wanted."""
        wanted = self.query_one(Differences).width_wanted
        beside = wanted + CHARTS <= self.app.size.width
        both = beside or self.app.size.height >= TALL
        self.set_class(beside, "-beside")
        self.query_one("#differences").styles.width = wanted if beside else "1fr"
        self.query_one("#differences").display = both or not self._curves
        self.query_one(Overlay).display = both or self._curves
        self.refresh_bindings()

    def action_turn(self) -> None:
        """Turn from the differences to the curves, or back."""
        self._curves = not self._curves
        self._arrange()

    def action_open_run(self, key: int) -> None:
        """Open a run."""
        self.post_message(RunWanted(self._entries[key - 1].run))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is a use for an action now."""
        if action == "turn":
            return self.app.size.height < TALL and not self.has_class("-beside")
        if action == "open_run":
            return parameters[0] in range(1, len(self._entries) + 1)
        if action in OF_CURVES and not (self.is_mounted and self.query_one(Overlay).display):
            return False
        return super().check_action(action, parameters)
