"""Duration of training steps in this process, without compilation, evaluation and checkpoints."""

from __future__ import annotations

import time
from collections import deque
from itertools import repeat
from statistics import median

RECENT = 10_000  # steps that the median is over: a run may have a thousand times as many


class StepTimer:
    """Measures the time of steps; `start` leaves out the time since the last step.

    Attributes:
        seconds: the sum over all steps.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._durations: deque[float] = deque(maxlen=RECENT)  # seconds a step
        self.start()

    def start(self) -> None:
        """Start the clock: steps follow."""
        self._began = time.perf_counter()

    def add(self, steps: int) -> None:
        """Add so many steps, made and recorded since the last call of `start` or `add`."""
        now = time.perf_counter()
        elapsed = now - self._began
        self._durations.extend(repeat(elapsed / steps, steps))
        self.seconds += elapsed
        self._began = now

    @property
    def median_step_ms(self) -> float | None:
        """Median milliseconds of one step, so that rare disturbances do not count.

        Steps that were added together count as equally long. None before the first one.
        """
        return median(self._durations) * 1e3 if self._durations else None
