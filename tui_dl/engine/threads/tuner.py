"""The thread tuner: measures thread pools of several sizes during training, and uses the fastest.

The best number of threads depends on the network, the machine and its other load: where threads
meet at twenty barriers in a tenth of a millisecond, all wait for one that is not running. So it is
measured again and again. The numbers that training gives do not depend on it.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import takewhile
from math import inf
from typing import Self

from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.kernels.core.program import Program

WINDOW = 0.02  # seconds of one measurement;
RETRIAL = 0.002  # of a pool that was measured before and is not the chosen one
# At least so many steps are a measurement. The first is not counted, for its threads wake up, nor
# is the slowest: one stop of ten milliseconds decides nothing, and a busy machine makes several.
STEPS = 3
RETRY_EVERY = 0.1  # seconds until the other pools are measured again,
SHARE = 0.02  # or later, so that trials take at most this share of the time
BETTER = 0.95  # another pool is chosen if it takes less than this share of the chosen one's time


class ThreadTuner:
    """Thread pools of 1, 2, 4, ... and `most` threads; it can be used like one `ThreadPool`.

    Attributes:
        seconds_per_sample: by pool size, as measured last; infinity before that.
    """

    def __init__(self, most: int) -> None:
        sizes = [*takewhile(lambda size: size < most, (2**n for n in range(64))), most]
        self._pools = [ThreadPool(size) for size in reversed(sizes)]
        self.seconds_per_sample = {pool.threads: inf for pool in self._pools}
        self._chosen = self._pool = self._pools[0]
        self._untried = self._pools[1:]
        self._since_trials = self._trials = 0.0  # seconds
        self._slowest = self._paces = 0.0  # seconds a sample: of the slowest step, and of all
        self._clear()

    @property
    def threads(self) -> int:
        """The number of threads that run now."""
        return self._pool.threads

    def run(self, program: Program) -> None:
        """Run a program made for `threads` threads."""
        self._pool.run(program)

    def note(self, samples: int, seconds: float) -> None:
        """Add the duration of a step; the next one may use another pool."""
        self._steps += 1
        if self._steps > 1:
            pace = seconds / samples
            self._seconds += seconds
            self._paces += pace
            if pace > self._slowest:
                self._slowest = pace
        again = self._pool is not self._chosen and self.seconds_per_sample[self.threads] < inf
        if self._steps < STEPS or self._seconds < (RETRIAL if again else WINDOW):
            return
        self._choose((self._paces - self._slowest) / (self._steps - 2))
        self._clear()

    def _choose(self, measured: float) -> None:
        """Choose the next pool, given the seconds a sample of the present one."""
        if self._pool is self._chosen:
            self.seconds_per_sample[self.threads] = measured
            self._since_trials += self._seconds
        else:  # a trial is short, so it is averaged with the last one
            known = self.seconds_per_sample[self.threads]
            mean = measured if known == inf else (measured + known) / 2
            self.seconds_per_sample[self.threads] = mean
            self._trials += 0.0 if known == inf else self._seconds
        if not self._untried and self._since_trials > max(RETRY_EVERY, self._trials / SHARE):
            self._untried = [pool for pool in self._pools if pool is not self._chosen]
            self._since_trials = self._trials = 0.0
        if self._untried:
            self._pool = self._untried.pop()
            return
        seconds = self.seconds_per_sample
        best = min(self._pools, key=lambda pool: seconds[pool.threads])
        if seconds[best.threads] < BETTER * seconds[self._chosen.threads]:
            self._chosen = best
        self._pool = self._chosen

    def _clear(self) -> None:
        self._steps, self._seconds, self._paces, self._slowest = 0, 0.0, 0.0, 0.0

    def __enter__(self) -> Self:
        with ExitStack() as entered:
            for pool in self._pools:
                entered.enter_context(pool)
            self._close = entered.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._close.close()
