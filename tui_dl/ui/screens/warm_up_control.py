"""Compiles kernels while a preset is chosen.

A process of low priority does it. It ends with the dashboard, or when a run takes its first step;
until then it shares the compiling with the run.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual import on, work
from textual.message import Message

from tui_dl.process.readiness import Progress, WarmUp, are_ready
from tui_dl.runs.folder import Run
from tui_dl.spec.course.lesson import Language
from tui_dl.support.translations import tr
from tui_dl.ui.panels.heading import HomeHeading
from tui_dl.ui.screens.lesson_control import LessonControl


class Preparing(Message):
    """How far the warm-up is; no progress once it is over."""

    def __init__(self, progress: Progress | None) -> None:
        super().__init__()
        self.progress = progress


class WarmUpControl(LessonControl):
    """A screen of presets whose heading says how far the warm-up is."""

    def __init__(self, home: Path, watched: Run | None, language: Language = "en") -> None:
        super().__init__(home, watched, language)
        self._warm_up: WarmUp | None = None

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
        note = tr("kernels {ready}/{all}", ready=it.ready, all=it.kernels) if it else ""
        self.query_one(HomeHeading).note = note
