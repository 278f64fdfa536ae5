"""A run over the run that it was made from: both curves at one moment, under what differs."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui_dl.runs.entries import Entry
from tui_dl.runs.folder import Run
from tui_dl.runs.listing import listed
from tui_dl.runs.traces import labelled
from tui_dl.spec.differences import described
from tui_dl.spec.run_title import SEPARATOR, short_changes
from tui_dl.spec.train.metrics import METRICS
from tui_dl.support.translations import tr
from tui_dl.ui.messages import RunWanted
from tui_dl.ui.panels.frame import Keys, TooSmall
from tui_dl.ui.panels.heading import TitleHeading
from tui_dl.ui.screens.overlay import Overlay, OverlayScreen

SAME = "the same settings"


class OverOriginScreen(OverlayScreen):
    """Charts of the two runs; the first one is what the other was made from."""

    TITLE = "Overlay"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "figure", "Figure", tooltip="Validation loss, training loss, the metric"),
        Binding("l", "log_axis", "Log scale", tooltip="Losses on a log scale, or a linear one"),
        Binding("1", "open_run(0)", "Run", key_display="1 2", tooltip="Open one of the two runs"),
        Binding("2", "open_run(1)", show=False),
        Binding("escape", "open_run(1)", "Back", key_display="esc", tooltip="Back to the run"),
    ]

    def __init__(self, run: Run, origin: Run) -> None:
        """Make the screen; raises UserError where an experiment is damaged."""
        self._runs = [origin, run]
        changes = described(origin.experiment, run.experiment)
        self._title = SEPARATOR.join(short_changes(changes, run.experiment))
        entries = [Entry(it, listed(it)) for it in self._runs]
        super().__init__(labelled(entries), watching=False)
        metric = entries[1].listed.details.metric
        self._metric = metric if metric in METRICS else "accuracy"

    def compose(self) -> ComposeResult:
        note = tr("over {run}", run=self._runs[0].name)
        yield TitleHeading(self._title or tr(SAME), note, self._runs)
        yield Overlay(self._metric)
        yield Keys()
        yield TooSmall()

    def action_open_run(self, place: int) -> None:
        """Open the run itself, or the one it was made from."""
        self.post_message(RunWanted(self._runs[place]))
