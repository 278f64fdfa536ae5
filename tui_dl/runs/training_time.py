"""Seconds that the steps of a run took, added up to any step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tui_dl.runs.growing import Growing
from tui_dl.runs.pyramid import BASE

Seconds = npt.NDArray[np.float64]
Steps = npt.NDArray[np.intp]


class TrainingTime:
    """The time after every BASE steps, from which that after any step is found.

    Seconds that are negative or not finite count as none. Sums are made in the order of the steps,
    so they are the same bits however many steps are added at once.
    """

    def __init__(self) -> None:
        self._after = Growing(np.float64)  # BASE steps, twice as many, ...
        self._total = 0.0
        self._count = 0

    def extend(self, seconds: Seconds) -> None:
        """Add steps."""
        sums = _sums(self._total, seconds)
        self._after.extend(sums[BASE - 1 - self._count % BASE :: BASE])
        self._count += len(seconds)
        if len(sums):
            self._total = float(sums[-1])

    def at(self, steps: Steps, end: int, read: Callable[[int, int], Seconds]) -> Seconds:
        """Seconds after each of `steps`; nothing depends on steps after `end`.

        They are exact after every BASE steps and in the last block; within the others, time passes
        evenly.

        Args:
            steps: none above `end`.
            end: at most as many as were added.
            read: returns the seconds of the steps between two places, at most BASE of them.
        """
        whole = end // BASE
        times = np.append(0.0, self._after.values[:whole])
        knots = np.arange(whole + 1) * BASE
        rest = _sums(float(times[-1]), read(whole * BASE, end))
        knots = np.append(knots, np.arange(whole * BASE + 1, whole * BASE + 1 + len(rest)))
        found: Seconds = np.interp(steps, knots, np.append(times, rest))
        return found


def _sums(before: float, seconds: Seconds) -> Seconds:
    """The sum after each step, in order."""
    sound = np.where(np.isfinite(seconds) & (seconds > 0), seconds, 0.0)
    sums: Seconds = np.cumsum(np.append(before, sound))[1:]
    return sums
