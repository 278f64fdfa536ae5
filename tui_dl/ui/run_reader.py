"""Reads the list of runs for the tab of runs, again and again, in a thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from textual.message import Message

from tui_dl.runs import lock
from tui_dl.runs.entries import Entry
from tui_dl.runs.folder import Run
from tui_dl.runs.home import all_runs
from tui_dl.runs.listing import Listed, listed
from tui_dl.runs.status import LIVE
from tui_dl.runs.traces import Trace, Traces, labelled
from tui_dl.support.errors import UserError


class RunsRead(Message):
    """The runs were listed, and those that are drawn were read."""

    def __init__(self, entries: list[Entry], traces: tuple[Trace, ...], error: str) -> None:
        super().__init__()
        self.entries, self.traces, self.error = entries, traces, error

    def can_replace(self, message: Message) -> bool:
        """Only the newest list is of use."""
        return isinstance(message, RunsRead)


class RunReader:
    """Lists runs when that is asked for; what is said of a run that is over is read once.

    Attributes:
        drawn: the runs whose epochs are read too, in this order.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._known: dict[Run, Listed] = {}
        self._traces: tuple[list[Run], Traces] = ([], Traces({}))
        self.drawn: list[Run] = []
        self._wanted, self._ended, self._reading = Event(), False, False
        self._anew = True

    @property
    def busy(self) -> bool:
        """Whether there is something that was not read yet."""
        return self._reading or self._wanted.is_set()

    def want(self, anew: bool = False) -> None:
        """Read once more; `anew` also what may have changed of runs that are over."""
        self._anew |= anew
        self._wanted.set()

    def end(self) -> None:
        """Read no more."""
        self._ended = True
        self._wanted.set()

    def run(self, post: Callable[[RunsRead], object]) -> None:
        """Read whenever that is wanted, and post what was read, until the end."""
        while self._wanted.wait() and not self._ended:
            self._reading = True
            self._wanted.clear()
            post(self._read())
            self._reading = False

    def _read(self) -> RunsRead:
        if self._anew:
            self._anew = False
            self._known.clear()
        try:
            runs = all_runs(self._home)
        except UserError as error:
            return RunsRead([], (), str(error))
        known = self._known
        self._known = {run: self._listed(run, known.get(run)) for run in runs}
        entries = [Entry(run, it) for run, it in self._known.items()]
        drawn = [it for it in self.drawn if it in self._known]
        if self._traces[0] != drawn:
            self._traces = drawn, self._follow([Entry(it, self._known[it]) for it in drawn])
        return RunsRead(entries, self._traces[1].update(), "")

    def _listed(self, run: Run, known: Listed | None) -> Listed:
        """What a list says of a run; read again where it was live, or is now."""
        if known is None or known.status in LIVE:
            return listed(run)
        return listed(run) if known.can_resume and lock.is_held(run.lock) else known

    def _follow(self, entries: list[Entry]) -> Traces:
        """What reads the epochs of runs; those that are damaged are left out."""
        sound: list[Entry] = []
        for entry in entries:
            try:
                _ = entry.run.experiment
            except UserError:
                continue
            sound.append(entry)
        return Traces(labelled(sound))
