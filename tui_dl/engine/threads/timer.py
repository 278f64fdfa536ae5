"""Duration of training steps in this process, without compilation, evaluation and checkpoints."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from statistics import median

RECENT = 10_000  # steps that the median is over: a run may have a thousand times as many


class StepTimer:
    """Measures the time of steps; `start` leaves out the time since the last step.

    Attributes:
        seconds: the sum over all steps.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._durations: deque[float] = deque(maxlen=RECENT)  # seconds of single steps
        self.start()

    def start(self) -> None:
        """Start the clock: steps follow."""
        self._began = time.perf_counter()

    def add(self, durations: Sequence[float]) -> None:
        """Add steps that were made and recorded since the last call of `start` or `add`.

        Args:
            durations: seconds of each alone, as its record says.
        """
        now = time.perf_counter()
        self._durations.extend(durations)
        self.seconds += now - self._began
        self._began = now

    @property
    def median_step_ms(self) -> float | None:
        """Median milliseconds of one step, so that disturbances do not count; None before any."""
        return median(self._durations) * 1e3 if self._durations else None
