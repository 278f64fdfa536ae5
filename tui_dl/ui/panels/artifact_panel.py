"""Base of the panels that show artifacts: a thread reads those of the moment that is shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.reactive import reactive

from tui_dl.runs.artifact_follower import ArtifactFollower, Seen
from tui_dl.runs.folder import Run
from tui_dl.runs.view import RunView
from tui_dl.spec.experiment import Experiment
from tui_dl.ui.panels.panel import Panel


class ArtifactsRead(Message):
    """A thread has read the artifacts of a moment."""

    def __init__(self, seen: tuple[Seen, ...]) -> None:
        super().__init__()
        self.seen = seen


class ArtifactPanel(Panel):
    """Has in `seen` what observers saw of the run at the moment of `view`.

    Attributes:
        KINDS: the kinds of artifacts that are read; all where none is named.
    """

    KINDS: ClassVar[Collection[str]] = ()

    seen: reactive[tuple[Seen, ...] | None] = reactive(None, repaint=False)  # None: not read yet

    def __init__(self, experiment: Experiment, run: Run) -> None:
        super().__init__(experiment, run)
        self._follower = ArtifactFollower(run, self.KINDS)
        self._is_stale = False  # whether the view has changed since the last reading
        self._is_reading = False

    @classmethod
    def wants(cls, view: RunView) -> bool:
        """Observers look at the end of an epoch for the first time."""
        return view.has_pictures

    def watch_view(self) -> None:
        """Read what was seen at another moment."""
        self._is_stale = True
        self._read_next()

    def size_changed(self) -> None:
        """Draw; a panel that was hidden has not read what is new."""
        super().size_changed()
        self._read_next()

    def _read_next(self) -> None:
        """Begin to read, where there may be something new, and the panel is on the screen."""
        if self.view and self._is_stale and not self._is_reading and self.content_size:
            self._is_stale, self._is_reading = False, True
            self._read(None if self.view.ended else self.view.step)

    @work(thread=True)
    def _read(self, step: int | None) -> None:
        """Read the artifacts of a moment; each file is read once."""
        self.post_message(ArtifactsRead(self._follower.at(step)))

    @on(ArtifactsRead)
    def _show(self, message: ArtifactsRead) -> None:
        message.stop()
        self._is_reading = False
        self.seen = message.seen
        self._read_next()

    def watch_seen(self) -> None:
        """Draw what is new."""
        self.redraw()
