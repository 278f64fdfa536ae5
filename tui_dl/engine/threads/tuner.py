"""As many threads as pay: teams of several sizes, of which the quickest one works.

How many that is depends on the network, the machine and what else runs there: threads that meet
twenty times in a tenth of a millisecond wait for whichever is not running. So it is measured, over
and over, while training goes on; the numbers that come out do not depend on it.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import takewhile
from math import inf
from typing import Self

from tui_dl.engine.threads.pool import ThreadPool
from tui_dl.kernels.core.program import Program

WINDOW = 0.02  # seconds that a team is timed at a time;
TRIAL = 0.002  # one that was tried before, and is not at work, only so long
STEPS = 3  # at least, the first of which is not counted: its threads wake up
LOOK_EVERY = 0.5  # seconds until others are tried again,
SHARE = 0.02  # unless trials took more of the time than this
BETTER = 0.95  # of the time that the team at work needs makes another one take over


class ThreadTuner:
    """Teams of 1, 2, 4, ... and `most` threads; it stands where a `ThreadPool` can.

    Attributes:
        pace: seconds a sample that each team needed lately; infinity where it was not tried.
    """

    def __init__(self, most: int) -> None:
        sizes = [*takewhile(lambda size: size < most, (2**n for n in range(64))), most]
        self._teams = [ThreadPool(size) for size in reversed(sizes)]
        self.pace = {pool.threads: inf for pool in self._teams}
        self._at_work = self._team = self._teams[0]
        self._untried = self._teams[1:]
        self._since_look = self._trials = 0.0
        self._clear()

    @property
    def threads(self) -> int:
        """Of the team that works now."""
        return self._team.threads

    def run(self, program: Program) -> None:
        """Run a program made for `threads` threads."""
        self._team.run(program)

    def note(self, samples: int, seconds: float) -> None:
        """A step took so long; the next one may be another team's."""
        self._steps += 1
        if self._steps > 1:
            self._samples += samples
            self._seconds += seconds
        again = self._team is not self._at_work and self.pace[self.threads] < inf
        if self._steps < STEPS or self._seconds < (TRIAL if again else WINDOW):
            return
        self._choose(self._seconds / self._samples)
        self._clear()

    def _choose(self, pace: float) -> None:
        """Let another team work, or be tried, now that this one's pace is known."""
        if self._team is self._at_work:
            self.pace[self.threads] = pace
            self._since_look += self._seconds
        else:  # a short look may be a lucky one
            known = self.pace[self.threads]
            self.pace[self.threads] = pace if known == inf else (pace + known) / 2
            self._trials += self._seconds
        if not self._untried and self._since_look > max(LOOK_EVERY, self._trials / SHARE):
            self._untried = [pool for pool in self._teams if pool is not self._at_work]
            self._since_look = self._trials = 0.0
        if self._untried:
            self._team = self._untried.pop()
            return
        best = min(self._teams, key=lambda pool: self.pace[pool.threads])
        if self.pace[best.threads] < BETTER * self.pace[self._at_work.threads]:
            self._at_work = best
        self._team = self._at_work

    def _clear(self) -> None:
        self._steps, self._samples, self._seconds = 0, 0, 0.0

    def __enter__(self) -> Self:
        with ExitStack() as entered:
            for pool in self._teams:
                entered.enter_context(pool)
            self._leave = entered.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._leave.close()
