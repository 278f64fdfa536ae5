"""What a run's events say of it, in one struct; no numpy, so that listing runs stays instant."""

from __future__ import annotations

from typing import Any, Literal

from tui_dl.events import AnyEvent, Compiling, Ended, EpochEnded, Failed, Started
from tui_dl.runs import lock
from tui_dl.runs.folder import Run
from tui_dl.runs.log import Follower

Status = Literal["starting", "compiling", "running", "finished", "stopped", "failed"]
LIVE = ("starting", "compiling", "running")
LOG_LINES = 5


class State:
    """Everything the rare events of one run have said so far."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.events: list[AnyEvent] = []
        self._follower = Follower(run.events)
        self.alive = False
        self.update()

    def update(self) -> list[AnyEvent]:
        """Read what is new, and whether the worker lives; returns the new events."""
        self.alive = lock.is_held(self.run.lock)  # first: what it wrote before dying is then read
        new = self._follower.poll()
        self.events += new
        return new

    def last(self, kind: type[Any]) -> Any:
        """The newest event of a kind, or None."""
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)

    @property
    def epochs(self) -> list[EpochEnded]:
        """All epochs that ended, in order."""
        return [event for event in self.events if isinstance(event, EpochEnded)]

    @property
    def best_validation_loss(self) -> float | None:
        """The validation loss of the best epoch so far."""
        best = self.epochs[-1].best_epoch if self.epochs else None
        return next((e.validation_loss for e in self.epochs if e.epoch == best), None)

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
        return "compiling" if isinstance(self.events[-1], Compiling) else "running"

    @property
    def failure(self) -> str | None:
        """Why the run failed, in one line: its own word, else what is left of it."""
        if self.status != "failed":
            return None
        if failed := self.last(Failed):
            return str(failed.reason)
        if not self.run.path.is_dir():
            return f"the run's folder is gone: {self.run.path}"
        epoch = self.last(EpochEnded)
        where = f"after epoch {epoch.epoch}" if epoch else "before its first epoch ended"
        said = f": {tail[-1]}" if (tail := self.log_tail()) else ""
        kept = any(self.run.checkpoints.glob("*.safetensors"))
        weights = f"; its last saved weights are in {self.run.checkpoints}" if kept else ""
        return f"the worker was killed or ran out of memory {where}{said}{weights}"

    def log_tail(self) -> list[str]:
        """The last lines of the worker's log."""
        try:
            text = self.run.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [line for line in text.splitlines() if line.strip()][-LOG_LINES:]

    def summary(self) -> dict[str, Any]:
        """The run's figures; null where one does not apply (yet)."""
        started, ended = self.last(Started), self.last(Ended)
        epoch = self.last(EpochEnded)
        figures = ended or epoch
        return {
            "run": self.run.id,
            "path": str(self.run.path),
            "status": self.status,
            "stop_reason": ended.stop_reason if ended else None,
            "epochs": epoch.epoch if epoch else 0,
            "best_epoch": epoch.best_epoch if epoch else None,
            "train_loss": figures.train_loss if figures else None,
            "validation_loss": figures.validation_loss if figures else None,
            "validation_accuracy": figures.validation_accuracy if figures else None,
            "test_loss": ended.test_loss if ended else None,
            "test_accuracy": ended.test_accuracy if ended else None,
            "parameters": started.parameters if started else None,
            "threads": started.threads if started else None,
            "median_step_ms": ended.median_step_ms if ended else None,
            "samples_per_second": ended.samples_per_second if ended else None,
            "compile_seconds": ended.compile_seconds if ended else None,
            "seconds": ended.seconds if ended else None,
        }
