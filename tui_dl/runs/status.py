"""What a run's events say of it, in one struct; no numpy, so that listing runs stays instant."""

from __future__ import annotations

from itertools import pairwise, takewhile
from types import UnionType
from typing import Any, Literal

from tui_dl.events import (
    Acknowledged,
    AnyEvent,
    Compiled,
    Compiling,
    Continued,
    Diagnosed,
    Ended,
    EpochEnded,
    Evaluated,
    Failed,
    LearningRateChanged,
    Paused,
    Split,
    Started,
)
from tui_dl.numbers import short
from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.runs.home import about
from tui_dl.runs.log import Follower
from tui_dl.runs.record import count, newest

Status = Literal[
    "starting", "compiling", "running", "paused", "stopping", "finished", "stopped", "failed"
]
LIVE = ("starting", "compiling", "running", "paused", "stopping")
LOG_LINES = 5
DAMAGED = "part of its record is damaged"


class State:
    """Everything the rare events of one run have said so far."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.events: list[AnyEvent] = []
        self._follower = Follower(run.events)
        self.files = 0  # changes whenever the past is read anew
        self.alive = False
        self.update()

    def update(self) -> list[AnyEvent]:
        """Read what is new, and whether the worker lives; returns the new events."""
        self.alive = lock.is_held(self.run.lock)  # first: what it wrote before dying is then read
        new = self._follower.poll()
        if self._follower.files != self.files:  # resumed: what was cut never happened
            self.files, self.events = self._follower.files, []
        self.events += new
        return new

    def last(self, kind: type[Any] | UnionType) -> Any:
        """The newest event of a kind, or of several, or None."""
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)

    @property
    def epochs(self) -> list[EpochEnded]:
        """All epochs that ended, in order."""
        return [event for event in self.events if isinstance(event, EpochEnded)]

    @property
    def diagnoses(self) -> list[Diagnosed]:
        """What goes wrong in it, in order."""
        return [event for event in self.events if isinstance(event, Diagnosed)]

    @property
    def diverged(self) -> str:
        """What is to be said in the end where training made the loss worse, without a NaN."""
        ended = self.last(Ended)
        said = [it for it in self.diagnoses if it.kind == "learning_rate_too_high"]
        first = said[0].evidence.get("first_loss") if said else None
        if ended is None or first is None:
            return ""
        if ended.train_loss is not None and ended.train_loss <= first:
            return ""
        figures = f"{short(first)} at first and {short(ended.train_loss)} at the end"
        return f"it diverged: the training loss was {figures}"

    @property
    def damage(self) -> str:
        """What of its record cannot be read, and where; the rest can. Nothing if all is well."""
        places, started, ended = [], self.last(Started), self.last(EpochEnded)
        if self._follower.damaged:
            places.append(f"line {self._follower.damaged} of {self.run.events.name}")
        if started and ended and (steps := count(self.run.steps, started.step_fields)) < ended.step:
            places.append(f"{self.run.steps.name} ends at step {steps:,} of {ended.step:,}")
        return f"{DAMAGED}: {', '.join(places)}" if places else ""

    @property
    def best_validation_loss(self) -> float | None:
        """The validation loss of the best epoch so far."""
        best = self.epochs[-1].best_epoch if self.epochs else None
        return next((e.validation_loss for e in self.epochs if e.epoch == best), None)

    @property
    def pace(self) -> float | None:
        """Seconds a step takes, validation included, since training last began or went on.

        None before an epoch has ended since; 0, that is unknown, where the clock was set back.
        """
        began = self.last(Compiled | Continued) or self.last(Started)
        ended: EpochEnded | None = self.last(EpochEnded)
        if began is None or ended is None:
            return None
        first = began.step if isinstance(began, Continued) else self.last(Started).step
        steps = ended.step - first
        return max(float(ended.time - began.time), 0.0) / steps if steps > 0 else None

    @property
    def learning_rate(self) -> float | None:
        """Of the step to come, or of the last one once the run is over; None before the first."""
        started = self.last(Started)
        step = newest(self.run.steps, started.step_fields) if started else None
        if step is None:
            return None
        changes = Acknowledged | LearningRateChanged
        told = [e for e in self.events if isinstance(e, changes) and e.learning_rate]
        if told and told[-1].step >= step["step"]:
            return told[-1].learning_rate
        return float(f"{step['learning_rate']:.7g}")  # as many digits as the record has

    @property
    def elapsed(self) -> float:
        """Seconds from the first event to the last, without pauses and those without a worker."""
        total, paused = 0.0, False
        for before, event in pairwise(self.events):
            paused = isinstance(before, Paused) or (paused and not isinstance(before, Continued))
            if not paused and not isinstance(event, Started):
                total += max(event.time - before.time, 0.0)  # clocks are set back now and then
        return total + self._unsaid

    @property
    def _unsaid(self) -> float:
        """Seconds from the last event to the last step of a worker that was killed."""
        started, last = self.last(Started), self.events[-1] if self.events else None
        if (
            self.alive
            or last is None
            or started is None
            or isinstance(last, Ended | Failed | Paused)
        ):
            return 0.0
        step = newest(self.run.steps, started.step_fields)
        return max(step["time"] - last.time, 0.0) if step else 0.0

    @property
    def started_at(self) -> float | None:
        """When the first event was written, in Unix seconds."""
        return self.events[0].time if self.events else None

    @property
    def status(self) -> Status:
        """Where the run stands."""
        if ended := self.last(Ended):
            return "stopped" if ended.stop_reason == "stopped" else "finished"
        if self.last(Failed) or not self.alive:
            return "failed"
        if not self.events or isinstance(self.events[-1], Started):
            return "starting"
        if self._was_told_to_stop:
            return "stopping"
        if isinstance(self.events[-1], Compiling):
            return "compiling"
        return "paused" if isinstance(self.last(Paused | Continued), Paused) else "running"

    @property
    def _was_told_to_stop(self) -> bool:
        """Whether the worker has taken the command to stop: it saves and judges the weights."""
        since = takewhile(lambda event: not isinstance(event, Started), reversed(self.events))
        return any(isinstance(event, Acknowledged) and event.command == "stop" for event in since)

    @property
    def can_resume(self) -> bool:
        """Whether the run failed for a cause from outside, that may be gone."""
        failed = self.last(Failed)
        return self.status == "failed" and not (failed and failed.by_itself)

    @property
    def failure(self) -> str | None:
        """Why the run failed, in one line, and how to go on where that may help."""
        if self.status != "failed":
            return None
        failed = self.last(Failed)
        if not failed and not self.run.path.is_dir():
            return f"the run's folder is gone: {self.run.path}"
        reason = str(failed.reason) if failed else self._death()
        if not self.can_resume:
            return reason
        again = "go on with" if self.run.last.exists() else "start it again with"
        return f"{reason}; {again} `{about('resume', self.run)}`"

    def _death(self) -> str:
        """What is known of a worker that left no word."""
        epoch = self.last(EpochEnded)
        where = f"after epoch {epoch.epoch}" if epoch else "before its first epoch ended"
        said = f": {tail[-1]}" if (tail := self.log_tail()) else ""
        return f"the worker was killed or ran out of memory {where}{said}"

    def log_tail(self) -> list[str]:
        """The last lines of the worker's log."""
        try:
            text = self.run.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [line for line in text.splitlines() if line.strip()][-LOG_LINES:]

    def evaluated(self, split: Split) -> Evaluated | None:
        """What the final weights were worth on a split."""
        found = (e for e in self.events if isinstance(e, Evaluated) and e.split == split)
        return next(found, None)
