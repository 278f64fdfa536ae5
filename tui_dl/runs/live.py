"""The runs of a home that train now, and how far each is; no numpy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from tui_dl.protocol.events import EpochEnded, Started
from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.status import State, Status
from tui_dl.support.errors import UserError


class LiveRun(NamedTuple):
    """A run whose worker is alive.

    Attributes:
        run: the run.
        status: where it stands.
        epoch: the one under way, from 1 on; 0 before the first step.
        epochs: the most that there will be; 0 while that is unknown.
        remaining: seconds to the last of them; None while that is unknown.
    """

    run: Run
    status: Status
    epoch: int = 0
    epochs: int = 0
    remaining: float | None = None


class LiveRuns:
    """Looks for live runs again and again; most runs are over, and cost one `stat` a look.

    A lock is tested at the first look, where a run was live, and where its events have changed:
    a run that is resumed begins with an event.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._runs: dict[str, Run] = {}  # by the path of its events: Path takes most of the time
        self._listed = (0, 0)  # when the home had changed, at the last two listings
        self._changed: dict[str, int] = {}  # when its events had
        self._live: dict[str, State] = {}

    def look(self) -> tuple[LiveRun, ...]:
        """All runs that are live now, the newest first."""
        self._list_runs()
        live = (events for events in self._runs if self._is_live(events))
        self._live = {events: self._state(events) for events in live}
        return tuple(_described(state) for state in self._live.values())

    def _list_runs(self) -> None:
        """List the home anew where it has changed; and once more, for it may within a tick."""
        now = _changed_at(str(self._home))
        if self._listed != (now, now):
            self._listed = self._listed[1], now
            try:
                self._runs = {str(run.events): run for run in all_runs(self._home)}
            except UserError:  # `tui-dl runs` says it
                self._runs = {}

    def _is_live(self, events: str) -> bool:
        before, now = self._changed.get(events), _changed_at(events)
        self._changed[events] = now
        is_doubtful = before != now or events in self._live
        return is_doubtful and lock.is_held(self._runs[events].lock)

    def _state(self, events: str) -> State:
        """The state of a live run; of one that was live before, what is new is read."""
        state = self._live.get(events)
        if state is None:
            return State(self._runs[events])
        state.update()
        return state


def _described(state: State) -> LiveRun:
    started: Started | None = state.last(Started)
    if started is None or state.status not in ("running", "paused", "stopping"):
        return LiveRun(state.run, state.status)
    ended: EpochEnded | None = state.last(EpochEnded)
    epoch, epochs = min((ended.epoch if ended else 0) + 1, started.epochs), started.epochs
    step, pace = state.newest_step, state.pace
    left = None
    if step and pace and state.status == "running":
        left = max(epochs * started.steps_per_epoch - step["step"], 0) * pace
    return LiveRun(state.run, state.status, epoch, epochs, left)


def _changed_at(path: str) -> int:
    """When a file or folder was changed, in nanoseconds; 0 where there is none."""
    try:  # of a thousand runs, pathlib would take more than half of the time
        return os.stat(path).st_mtime_ns  # noqa: PTH116
    except OSError:
        return 0
