"""Measures, beside a screen, how long an epoch takes: one process at a time."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from threading import Condition

from textual.message import Message

from tui_dl.process.computation import compute
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.spec.experiment import Experiment
from tui_dl.support.errors import UserError

MODULE = "tui_dl.process.measure_time"
DELAY = 0.6  # seconds without another edit before a process is started


class TimeMeasured(Message):
    """How long an epoch of an experiment takes, or why that cannot be measured."""

    def __init__(self, experiment: Experiment, measured: MeasuredTime | None, why_not: str) -> None:
        super().__init__()
        self.experiment, self.measured, self.why_not = experiment, measured, why_not


class TimeMeasurer:
    """Waits for wishes in a thread that calls `run`; a new wish ends the process of the last."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._wanted: Experiment | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def want(self, experiment: Experiment | None) -> None:
        """Measure this experiment once nothing else is wanted for a moment; None: nothing."""
        with self._changed:
            self._wanted = experiment
            self._kill()
            self._changed.notify()

    def end(self) -> None:
        """Let `run` return."""
        with self._changed:
            self._ended = True
        self.want(None)

    def run(self, post: Callable[[TimeMeasured], object]) -> None:
        """Measure what is wanted until the end."""
        while (experiment := self._next()) is not None:
            measured, why_not = None, ""
            try:
                measured = compute(
                    MODULE, experiment, MeasuredTime, self._hold, stderr=subprocess.DEVNULL
                )
            except UserError as error:
                why_not = str(error)
            except (OSError, RuntimeError):
                why_not = "not measured"
            with self._changed:
                self._process = None
                is_newest = self._wanted is None and not self._ended
            if is_newest or measured:
                post(TimeMeasured(experiment, measured, why_not))

    def _next(self) -> Experiment | None:
        """The next wish, once it has lasted for a moment; None at the end."""
        with self._changed:
            while not self._ended:
                wanted = self._wanted
                if wanted is None:
                    self._changed.wait()
                elif not self._changed.wait(DELAY) and self._wanted is wanted:
                    self._wanted = None
                    return wanted
        return None

    def _hold(self, process: subprocess.Popen[bytes]) -> None:
        with self._changed:
            self._process = process
            if self._wanted is not None or self._ended:
                self._kill()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.terminate()  # it deletes what it has written
