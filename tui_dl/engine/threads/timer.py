"""How fast training goes: the steps of this process, and nothing between them."""

from __future__ import annotations

import time
from collections import deque
from itertools import repeat
from statistics import median

RECENT = 10_000  # steps of which the median is told: a run may have a thousand times as many


class StepTimer:
    """A clock that stands while kernels compile, samples are judged and weights are saved.

    Attributes:
        seconds: that all steps took together.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._durations: deque[float] = deque(maxlen=RECENT)  # seconds a step
        self.go_on()

    def go_on(self) -> None:
        """Steps begin."""
        self._began = time.perf_counter()

    def done(self, steps: int) -> None:
        """So many steps are done, with all that is told of them, and others begin."""
        now = time.perf_counter()
        took = now - self._began
        self._durations.extend(repeat(took / steps, steps))
        self.seconds += took
        self._began = now

    @property
    def median_step_ms(self) -> float | None:
        """Milliseconds of one step; what disturbs fewer than half of them does not show.

        Steps that were done together count as equally long.
        """
        return median(self._durations) * 1e3 if self._durations else None
