"""Base of screens that show runs at one moment, that of the playhead, in the same charts."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from textual import on, work
from textual.message import Message

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.runs.folder import Run
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.traces import Trace, Traces, present
from tui_dl.ui.panels.rows import Rows
from tui_dl.ui.screens.playhead_control import PlayheadControl

INTERVAL = 0.35  # seconds: drawing three charts takes 0.15


class MomentRead(Message):
    """There is another moment to show."""

    def __init__(
        self, traces: tuple[Trace, ...], epoch: int | None, over: bool, plays: bool
    ) -> None:
        super().__init__()
        self.traces, self.epoch, self.over, self.plays = traces, epoch, over, plays

    def can_replace(self, message: Message) -> bool:
        """A slow terminal gets the newest moment only."""
        return isinstance(message, MomentRead)


class Overlay(Rows):
    """The table and the charts."""

    def __init__(self, metric: str) -> None:
        super().__init__(id="overlay")
        self._metric = metric
        self._shown: tuple[tuple[Trace, ...], int | None, int, bool] = ((), None, 0, False)

    def show(
        self,
        traces: tuple[Trace, ...],
        epoch: int | None,
        first: int = 0,
        log: bool = False,
        metric: str | None = None,
    ) -> None:
        """Show a moment, and one of the figures first of all."""
        if (self._shown, self._metric) != ((traces, epoch, first, log), metric or self._metric):
            self._shown, self._metric = (traces, epoch, first, log), metric or self._metric
            self.redraw()

    def draw(self, width: int, height: int) -> list[StyledLine]:
        traces, epoch, first, log = self._shown
        if not traces:
            return []
        from tui_dl.drawing.variants import draw_variants  # brings plotext: after the first frame

        return draw_variants(traces, epoch, self._metric, width, height, first, log)


class OverlayScreen(PlayheadControl):
    """A screen that follows runs; a thread reads them and posts `MomentRead`."""

    def __init__(self, runs: Mapping[str, Run], watching: bool) -> None:
        """Make the screen.

        Args:
            runs: by their names.
            watching: whether they are played from their beginning; else shown as they are now.
        """
        super().__init__()
        self._followed, self._watching, self._left = runs, watching, False
        self._first, self._log = 0, False  # the figure that stands first; the axis of losses
        self._moment: MomentRead | None = None

    @on(MomentRead)
    def show(self, message: MomentRead) -> None:
        """Show a moment."""
        self._moment, self.plays = message, message.plays
        self._redraw()

    def action_figure(self) -> None:
        """Show the next figure first."""
        self._first += 1
        self._redraw()

    def action_log_axis(self) -> None:
        """Turn the axis of losses."""
        self._log = not self._log
        self._redraw()

    def _redraw(self) -> None:
        """Show the moment that was read last, if there is one."""
        if it := self._moment:
            self.query_one(Overlay).show(it.traces, it.epoch, self._first, self._log)

    def on_mount(self) -> None:
        self.call_after_refresh(self.follow)

    def on_unmount(self) -> None:
        self._left = True
        self.moved.set()

    @work(thread=True)
    def follow(self) -> None:
        """Read the run folders, move the playhead, and post the moment that it is at."""
        traces = Traces(self._followed)
        watching = self._watching
        playhead = Playhead(0.0, playing=True, watching=True) if watching else Playhead()
        while not self._left:
            self.moved.clear()
            found = traces.update()
            now = present(found)
            playhead = playhead.advance(monotonic(), now)
            while not self.moves.empty():
                move = self.moves.get()
                playhead = move(playhead, now) if now.step else playhead
            epoch = playhead.at(now)
            over = epoch is None and not now.live
            self.post_message(MomentRead(found, epoch, over, playhead.plays(now)))
            self.moved.wait(INTERVAL)
