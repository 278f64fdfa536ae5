"""The library screen: choose a preset, read what it teaches, train it.

Meanwhile a process of low priority compiles kernels. It ends with the dashboard, or when a run
takes its first step; until then it shares the compiling with the run.
"""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

from tui_dl import presets
from tui_dl.process.readiness import Progress, WarmUp, are_ready
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import read
from tui_dl.support.errors import UserError
from tui_dl.ui.messages import LibraryShown, TrainPreset
from tui_dl.ui.panels.frame import Heading, Keys, TooSmall
from tui_dl.ui.panels.preset_detail import Detail
from tui_dl.ui.panels.preset_list import PresetList


class Preparing(Message):
    """How far the warm-up is; no progress once it is over."""

    def __init__(self, progress: Progress | None) -> None:
        super().__init__()
        self.progress = progress


class Library(Screen[None]):
    """Presets on the left, the chosen one's page on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Page down", show=False, priority=True),
        Binding("r", "app.return_to_run", "Back to run"),
    ]

    def __init__(self, highlighted: str | None) -> None:
        super().__init__()
        self._highlighted = highlighted
        self._warm_up: WarmUp | None = None
        self._experiments: dict[str, Experiment] = {}
        self._broken: list[str] = []
        for name in presets.COURSE:
            try:
                self._experiments[name] = read(name)
            except UserError as error:
                self._broken.append(str(error))

    def compose(self) -> ComposeResult:
        yield Heading("a deep-learning trainer in your terminal")
        with Horizontal():
            yield PresetList(self._experiments)
            yield Detail()
        yield Keys()
        yield TooSmall()

    def on_mount(self) -> None:
        if self._highlighted in self._experiments:
            course = self.query_one(PresetList)
            course.highlighted = course.get_option_index(self._highlighted)
        for error in self._broken:
            self.notify(error, title="A preset cannot be read", severity="error")

    def on_screen_resume(self) -> None:
        self.post_message(LibraryShown())

    def on_unmount(self) -> None:
        if self._warm_up:
            self._warm_up.end()

    def prepare(self, warm_up: WarmUp) -> None:
        """Compile kernels once the screen is drawn."""
        self._warm_up = warm_up
        self.call_after_refresh(self._compile, warm_up)

    @work(thread=True)
    def _compile(self, warm_up: WarmUp) -> None:
        """Compile the kernels that are missing, and post how far that is."""
        with suppress(OSError):  # no process to be had: training will compile
            if not are_ready():
                for word in warm_up.run(background=True):
                    if isinstance(word, Progress):
                        self.post_message(Preparing(word))
        warm_up.end()
        self.post_message(Preparing(None))

    @on(Preparing)
    def show_progress(self, message: Preparing) -> None:
        """Say it in the heading."""
        it = message.progress
        note = f"preparing kernels {it.ready}/{it.kernels}" if it else ""
        self.query_one(Heading).note = note

    @on(OptionList.OptionHighlighted)
    def show_preset(self, event: OptionList.OptionHighlighted) -> None:
        """Turn to the page of the highlighted preset."""
        self.query_one(Detail).experiment = self._experiments[event.option_id or ""]

    @on(OptionList.OptionSelected)
    def train_preset(self, event: OptionList.OptionSelected) -> None:
        """Train the chosen preset."""
        name = event.option_id or ""
        self.post_message(TrainPreset(name, self._experiments[name]))

    def action_scroll(self, pages: int) -> None:
        """Scroll the preset's page, whichever widget has the keys."""
        detail = self.query_one(Detail)
        detail.scroll_relative(y=pages * (detail.size.height - 2), animate=False)
