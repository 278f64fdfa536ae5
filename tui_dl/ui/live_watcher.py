"""Looks which runs are live, in a thread; every heading says it."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from textual import on, work
from textual.reactive import var

from tui_dl.runs.live import LiveRun, LiveRuns
from tui_dl.ui.messages import LiveRead
from tui_dl.ui.preferences import Preferences

INTERVAL = 1.0  # seconds between two looks


class LiveWatcher(Preferences):
    """An application that knows which runs of a home are live.

    Attributes:
        home: the folder of all runs.
        live: those that are, the newest first; what a screen shows of them follows this.
    """

    live: var[tuple[LiveRun, ...]] = var(())  # a reactive one would repaint the whole screen

    def __init__(self, home: Path, settings_file: Path | None) -> None:
        super().__init__(settings_file)
        self.home = home
        self._left = Event()

    def on_mount(self) -> None:
        self.call_after_refresh(self._look)

    @work(thread=True)
    def _look(self) -> None:
        """Post which runs are live whenever that has changed."""
        runs, last = LiveRuns(self.home), self.live
        while not self._left.is_set():
            if (now := runs.look()) != last:
                last = now
                self.post_message(LiveRead(now))
            self._left.wait(INTERVAL)

    @on(LiveRead)
    def take_live(self, message: LiveRead) -> None:
        """Hand it to the screens."""
        self.live = message.live

    def on_unmount(self) -> None:
        self._left.set()
