"""Returns of the training episodes so far, and the entropy of the policy that played them."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

MOST = 240  # groups of steps that are kept, an even number


class Group(msgspec.Struct, array_like=True):
    """Some steps of training one after another.

    Attributes:
        steps: how many.
        low: the lowest return of an episode.
        mean: the mean return of a step, as a mean over the steps.
        high: the highest return of an episode.
        entropy: of the policy in the states that were met, in nats, likewise a mean over the steps.
    """

    steps: int
    low: float
    mean: float
    high: float
    entropy: float

    def merged(self, later: Group) -> Group:
        """Both as one group."""
        steps = self.steps + later.steps
        share = later.steps / steps
        return Group(
            steps,
            min(self.low, later.low),
            self.mean + share * (later.mean - self.mean),
            max(self.high, later.high),
            self.entropy + share * (later.entropy - self.entropy),
        )


class EpisodeHistory(msgspec.Struct):
    """Groups of equally many steps, which double where they would be more than `MOST`.

    Attributes:
        size: steps of a group; the last one may have fewer.
        groups: all steps so far, in order.
    """

    size: int = 1
    groups: list[Group] = msgspec.field(default_factory=list)

    def add(self, returns: npt.NDArray[Any], entropy: float) -> None:
        """Add the step whose episodes had these `returns`."""
        new = Group(1, float(returns.min()), float(returns.mean()), float(returns.max()), entropy)
        if self.groups and self.groups[-1].steps < self.size:
            self.groups[-1] = self.groups[-1].merged(new)
            return
        if len(self.groups) == MOST:
            pairs = zip(self.groups[::2], self.groups[1::2], strict=True)
            self.groups = [first.merged(second) for first, second in pairs]
            self.size *= 2
        self.groups.append(new)


def policy_entropy(chances: npt.NDArray[np.floating[Any]]) -> float:
    """The mean over states of -sum p ln p, in nats; `chances` (states, actions) sum to 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(chances > 0, -chances * np.log(chances), 0)
    return float(each.sum(axis=1).mean())
