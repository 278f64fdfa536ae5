"""The baseline of REINFORCE: a moving average of the returns of past episodes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]

MEMORY = 0.9  # what an episode counts once another one was played: about ten are remembered


class Baseline:
    """The mean return from each time on, over past episodes that came so far, the last ones most.

    Attributes:
        means: (times,) of the returns from each time on.
        weights: (times,) what the episodes behind each mean count; 0 where none came so far.
    """

    def __init__(self, times: int) -> None:
        self.means, self.weights = np.zeros(times), np.zeros(times)

    def usual(self, to_go: Numbers) -> Numbers:
        """What is usual from each time of an episode on, given the returns (times,) it has itself.

        Later than any past episode came, the mean of the latest time that is known holds; before
        there is a past episode, nothing is unusual.
        """
        known = np.count_nonzero(self.weights)
        if not known:
            return to_go
        return np.asarray(self.means[np.minimum(np.arange(len(to_go)), known - 1)])

    def add(self, to_go: Numbers, under_way: npt.NDArray[np.bool_]) -> None:
        """Take in episodes: their returns from each time on, and whether they were under way."""
        times, count = to_go.shape
        fade = MEMORY**count
        share = (1 - fade) / count
        self.weights *= fade
        means, weights = self.means[:times], self.weights[:times]
        weights += share * under_way.sum(axis=1)
        apart = ((to_go - means[:, None]) * under_way).sum(axis=1)  # exactly 0 where all are equal
        means += share * apart / weights
