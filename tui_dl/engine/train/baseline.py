"""The baseline of REINFORCE: a moving average of the returns of past episodes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]

DECAY = 0.9  # an episode's weight after each later one: the average is over about ten


class Baseline:
    """Mean return from each time on, over past episodes; newer ones have more weight.

    Attributes:
        means: (times,) mean returns from each time on.
        weights: (times,) the sum of episode weights in each mean; 0 if no episode lasted so long.
    """

    def __init__(self, times: int) -> None:
        self.means, self.weights = np.zeros(times), np.zeros(times)

    def expected(self, to_go: Numbers) -> Numbers:
        """Expected returns (times,) of an episode whose own returns to go are `to_go`.

        Past the longest episode so far, the latest known mean is used. Before the first episode
        the expectation is `to_go` itself, so that all advantages are 0.
        """
        known = np.count_nonzero(self.weights)
        if not known:
            return to_go
        return np.asarray(self.means[np.minimum(np.arange(len(to_go)), known - 1)])

    def add(self, to_go: Numbers, under_way: npt.NDArray[np.bool_]) -> None:
        """Add episodes to the means.

        Args:
            to_go: (times, episodes) returns from each time on.
            under_way: (times, episodes) whether the episode was still running.
        """
        times, count = to_go.shape
        fade = DECAY**count
        share = (1 - fade) / count
        self.weights *= fade
        means, weights = self.means[:times], self.weights[:times]
        weights += share * under_way.sum(axis=1)
        deviation = ((to_go - means[:, None]) * under_way).sum(axis=1)  # exactly 0 if all are equal
        means += share * deviation / weights
