"""The state of one run, from its events; no numpy, so that listing runs stays instant."""

from __future__ import annotations

import os
from collections.abc import Sequence
from copy import copy
from types import UnionType
from typing import Any, Literal

from tui_dl.protocol.check_result import CheckResult
from tui_dl.protocol.events import (
    AnyEvent,
    BaselinesEvaluated,
    CheckFailed,
    Compiled,
    Compiling,
    Diagnosed,
    Ended,
    EpochEnded,
    Evaluated,
    Extended,
    Failed,
    Paused,
    Split,
    Started,
)
from tui_dl.runs import lock
from tui_dl.runs.check_entries import NEEDED, misplaced
from tui_dl.runs.comparison import Comparison
from tui_dl.runs.death import why_dead
from tui_dl.runs.event_log import Follower
from tui_dl.runs.folder import Run
from tui_dl.runs.history import NEW_WORKER, History, best_of, waited
from tui_dl.runs.home import command_for
from tui_dl.runs.quick_follower import QuickFollower
from tui_dl.runs.step_values import damage, newest
from tui_dl.spec.format import newer_format
from tui_dl.support.formatting import short

Status = Literal[
    "waiting", "starting", "compiling", "running", "paused", "stopping",
    "finished", "stopped", "failed", "unreadable",
]  # fmt: skip
LIVE = ("waiting", "starting", "compiling", "running", "paused", "stopping")
DAMAGED = "part of its record is damaged"


class State:
    """What the events of one run say so far, and whether its worker is alive.

    Args:
        run: its folder.
        quick: whether of a long run a part of the events will do, until the second `update`.
    """

    def __init__(self, run: Run, quick: bool = False) -> None:
        self.run = run
        self.history = History()
        self._follower = (QuickFollower if quick else Follower)(run.events)
        self.files = 0  # changes whenever the past is read anew
        self.alive = False
        self._moment: int | None = None  # the number of steps made; None: all of them
        self.update()

    def at(self, step: int) -> State:
        """The state just after `step`, when the worker was about to make the next one."""
        then = copy(self)
        then.history, then.alive, then._moment = self.history.until(step), True, step
        return then

    def update(self) -> list[AnyEvent]:
        """Read what is new, and whether the worker lives; returns the new events."""
        self.alive = lock.is_held(self.run.lock)  # first: what it wrote before dying is then read
        new = self._follower.poll()
        if self._follower.files != self.files:  # resumed: what was cut never happened
            self.files, self.history = self._follower.files, History()
        self.history.add(new)
        return new

    @property
    def read(self) -> float:
        """The share of the events that was read."""
        return self._follower.share

    @property
    def events(self) -> Sequence[AnyEvent]:
        """All of them, in order."""
        return self.history.events

    def last(self, kind: type[Any] | UnionType) -> Any:
        """The newest event of a kind, or of several, or None."""
        return self.history.last(kind)

    @property
    def epochs(self) -> Sequence[EpochEnded]:
        """All epochs that ended, in order."""
        return self.history.all(EpochEnded)

    @property
    def diagnoses(self) -> Sequence[Diagnosed]:
        """What goes wrong in it, in order."""
        return self.history.all(Diagnosed)

    @property
    def failed_checks(self) -> list[CheckResult]:
        """The checks that failed before training, in order."""
        return [it.result for it in self.history.all(CheckFailed)]

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
    def comparison(self) -> Comparison | None:
        """The network beside its baselines, once they were evaluated."""
        event = self.last(BaselinesEvaluated)
        return Comparison(event) if event else None

    @property
    def is_better(self) -> bool | None:
        """Whether the network is better than its baselines; None where it has none."""
        return self.comparison.is_better if self.comparison else None

    @property
    def faults(self) -> list[str]:
        """What of its folder is not the file that it has to be, or cannot be read."""
        try:
            found = list(misplaced(self.run.path))
        except FileNotFoundError:  # gone, which is reported as a failure
            found = []
        except OSError as error:
            found = [str(error.strerror)]
        if self._follower.fault and not found:
            found.append(f"{self.run.events.name}: {self._follower.fault}")
        if not found and (fault := self.run.experiment_fault):
            found.append(fault)
        return found

    @property
    def damage(self) -> str:
        """What of its record cannot be read, and where; the rest can. Nothing if all is well."""
        if self._gone:
            return self._gone
        places, started, ended = [], self.last(Started), self.last(EpochEnded)
        if lines := self._follower.damaged:
            more = f" and {len(lines) - 1:,} more" * (len(lines) > 1)
            places.append(f"line {lines[0]}{more} of {self.run.events.name}")
        if started and (
            wrong := damage(self.run.steps, started.step_fields, ended.step if ended else 0)
        ):
            places.append(wrong)
        damaged = [f"{DAMAGED}: {', '.join(places)}"] if places else []
        return "; ".join(self.faults + damaged)

    @property
    def _gone(self) -> str:
        """That its folder, or what makes a run of it, is not there any more; else empty."""
        path = self.run.path
        if not os.path.lexists(path):
            return f"the run's folder is gone: {path}"
        gone = not any(os.path.lexists(path / it) for it in NEEDED)
        return f"the run's files are gone: {path}" if gone else ""

    @property
    def newer(self) -> str:
        """That its events are of a newer format, who wrote them, and what to do; else empty."""
        if self._follower.newer is None:
            return ""
        found, written_by = self._follower.newer
        return newer_format(found, f"run {self.run.id}", written_by)

    @property
    def best_validation_loss(self) -> float | None:
        """The validation loss of the best epoch so far."""
        best = best_of(self.epochs)
        return best.validation_loss if best else None

    @property
    def pace(self) -> float | None:
        """Seconds a step takes, validation and waits of pacing included, without pauses.

        Of this worker; None before an epoch has ended since it began; 0, that is unknown, where the
        clock was set back.
        """
        started: Started | None = self.last(Started)
        ended: EpochEnded | None = self.last(EpochEnded)
        if started is None or ended is None or ended.step <= started.step:
            return None
        elapsed = self.history.elapsed_at
        began = Compiled if self.last(Compiled) else Started
        return max(elapsed(EpochEnded) - elapsed(began), 0.0) / (ended.step - started.step)

    @property
    def learning_rate(self) -> float | None:
        """Of the step to come, or of the last one once the run is over; None before the first."""
        step = self.newest_step
        if step is None:
            return None
        newest_set = self.history.rate_set
        if newest_set and newest_set.step >= step["step"]:
            return newest_set.learning_rate
        return float(f"{step['learning_rate']:.7g}")  # as many digits as the record has

    @property
    def elapsed(self) -> float:
        """Seconds from the first event to the last, without pauses and those without a worker."""
        return self.history.elapsed + self._unsaid

    @property
    def _unsaid(self) -> float:
        """Seconds from the last event to the last step of a worker that was killed."""
        last = self.events[-1] if self.events else None
        if self.alive or last is None or isinstance(last, Ended | Failed | Paused):
            return 0.0
        step = self.newest_step
        return waited(last.time, step["time"]) if step else 0.0

    @property
    def newest_step(self) -> dict[str, float] | None:
        """The record of the last step, its fields that are one number each."""
        started = self.last(Started)
        return newest(self.run.steps, started.step_fields, self._moment) if started else None

    @property
    def started_at(self) -> float | None:
        """When the first event of its own was written, in Unix seconds."""
        extended: Extended | None = self.last(Extended)
        return (extended or self.events[0]).time if self.events else None

    @property
    def status(self) -> Status:
        """Where the run stands."""
        if self.newer or (not self.alive and self.run.experiment_fault):
            return "unreadable"
        if ended := self.last(Ended):
            return "stopped" if ended.stop_reason == "stopped" else "finished"
        if self._follower.fault and not (self.events or self.alive):
            return "unreadable"
        if self.last(Failed) or not self.alive:
            return "failed"
        if not (self.events or os.path.lexists(self.run.log)):
            return "waiting"
        if not self.events or type(self.events[-1]) in NEW_WORKER:
            return "starting"
        if self.history.told_to_stop:
            return "stopping"
        if isinstance(self.events[-1], Compiling):
            return "compiling"
        return "paused" if self.history.paused else "running"

    @property
    def can_resume(self) -> bool:
        """Whether it failed for a cause from outside that may be gone, and its files are whole."""
        failed = self.last(Failed)
        return self.status == "failed" and not (failed and failed.by_itself) and not self.faults

    @property
    def failure(self) -> str | None:
        """Why the run failed, in one line, and how to go on where that may help."""
        if self.newer:
            return self.newer
        if self.status == "unreadable":
            if self.faults == [fault := self.run.experiment_fault]:
                return f"{self.run.path}/{fault}"
            return f"{self.run.path}: cannot be read: {', '.join(self.faults)}"
        if self.status != "failed":
            return None
        failed = self.last(Failed)
        if not failed and self._gone:
            return self._gone
        reason = str(failed.reason) if failed else why_dead(self.run, self.last(EpochEnded))
        if not self.can_resume:
            return reason
        again = "resume it with" if os.path.lexists(self.run.last) else "start it again with"
        return f"{reason}; {again} `{command_for('resume', self.run)}`"

    def evaluated(self, split: Split) -> Evaluated | None:
        """Loss and metrics of the final weights on a split."""
        found = (e for e in self.history.all(Evaluated) if e.split == split)
        return next(found, None)
