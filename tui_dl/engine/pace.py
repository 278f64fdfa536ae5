"""How fast training goes: the steps of this process, and nothing between them."""

from __future__ import annotations

import time
from collections import deque
from statistics import median

RECENT = 10_000  # steps of which the median is told: a run may have a thousand times as many


class Pace:
    """A clock that stands while kernels compile, samples are judged and weights are saved.

    Attributes:
        seconds: that all steps took together.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._durations: deque[float] = deque(maxlen=RECENT)  # seconds a step
        self.go_on()

    def go_on(self) -> None:
        """A step begins."""
        self._began = time.perf_counter()

    def step(self) -> None:
        """A step is done, with all that is told of it, and another begins."""
        now = time.perf_counter()
        self._durations.append(now - self._began)
        self.seconds += now - self._began
        self._began = now

    @property
    def median_step_ms(self) -> float | None:
        """Milliseconds of one step; what disturbs fewer than half of them does not show."""
        return median(self._durations) * 1e3 if self._durations else None
