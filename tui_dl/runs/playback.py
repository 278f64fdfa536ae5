"""A run together with its playhead: reads the folder, moves the playhead, makes the view."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import NamedTuple

from tui_dl.runs.curve_request import WHOLE, CurveRequest
from tui_dl.runs.folder import Run
from tui_dl.runs.playhead import Playhead
from tui_dl.runs.view import Present, RunView
from tui_dl.runs.view_follower import RunFollower
from tui_dl.runs.worker_usage import Usage, WorkerUsage

USAGE_EVERY, USAGES = 1.0, 60  # seconds between two looks at the worker; how many are kept

Move = Callable[[Playhead, Present], Playhead]


class Frame(NamedTuple):
    """What a screen shows at once."""

    view: RunView  # of the moment that the playhead is at
    present: Present
    playhead: Playhead


class Playback:
    """Makes frames in one thread, while moves of the playhead come from others.

    Args:
        run: its folder.
        watched: play it from its first step; else it is shown as it is now.
        moves: of the playhead, which take effect in their order before the next frame.
        speed: at which it plays, until a move changes that.
    """

    def __init__(
        self, run: Run, watched: bool, moves: SimpleQueue[Move], speed: float = 1.0
    ) -> None:
        self._follower = RunFollower(run, quick=True)
        self._moves = moves
        step = 0.0 if watched else None
        self._playhead = Playhead(step, watched, watched, speed, first_time=watched)
        self._last: Frame | None = None
        self._worker, self._usages = WorkerUsage(), deque[Usage](maxlen=USAGES)
        self._looked: float | None = None  # at the worker

    def look(self, columns: int, clock: float, request: CurveRequest = WHOLE) -> Frame | None:
        """The frame at `clock`, in seconds, for charts that are `columns` wide; None if unchanged.

        A view is made only where the moment is another one, or more of it was read.
        """
        present = self._follower.update()
        playhead = self._playhead.advance(clock, present)
        while (move := self._next_move()) is not None:
            if present.step:  # else there is no other moment
                playhead = move(playhead, present)
        self._playhead = playhead
        self._look_at_worker(present, clock)
        view = self._follower.changed_view(playhead.at(present), columns, request)
        if view is None:
            if self._last is None or not _differs(playhead, present, self._last):
                return None
            view = self._last.view
        view.usage = tuple(self._usages)
        self._last = Frame(view, present, playhead)
        return self._last

    def _look_at_worker(self, present: Present, clock: float) -> None:
        """Note once a second what the worker uses; nothing once it has ended."""
        if present.started is None or not present.live:
            self._usages.clear()
        elif self._looked is None or clock - self._looked >= USAGE_EVERY:
            self._looked = clock
            usage = self._worker.look(present.started, clock)
            self._usages.extend([usage] if usage else [])

    def _next_move(self) -> Move | None:
        try:
            return self._moves.get_nowait()
        except Empty:
            return None


def _differs(playhead: Playhead, present: Present, last: Frame) -> bool:
    """Whether there is something to show besides the view."""
    before = last.playhead
    moved = (playhead.playing, playhead.speed) != (before.playing, before.speed)
    return moved or present != last.present
