"""CartPole: initial states of episodes, and the environment, many episodes side by side.

The environment is gymnasium's, which is imported in this module only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.spec.data.cartpole import CartPole
from tui_dl.support.rng import stream

EVALUATED = 100  # episodes: CartPole counts as solved by the mean return of so many


def load(source: CartPole, seed: int) -> Dataset:
    """Initial states, (episodes, 4) for each split; their targets are not used."""
    sizes = {"train": source.episodes, "validation": EVALUATED, "test": EVALUATED}
    splits = []
    for split, count in sizes.items():
        first = int(stream(seed, f"cartpole {split}").integers(2**31))
        states, _ = _environment(count, source.limit).reset(seed=first)
        splits.append(Samples(np.ascontiguousarray(states), np.zeros(count, np.int32)))
    return Dataset(*splits)


class Poles:
    """Episodes that run side by side from the given initial states (episodes, 4)."""

    def __init__(self, source: CartPole, states: Any) -> None:
        self._environment = _environment(len(states), source.limit)
        self._environment.reset(seed=0)
        self._environment.unwrapped.state = states.T.astype(np.float64)

    def step(self, actions: Any) -> tuple[Any, Any, Any]:
        """Apply one action to each episode; returns next states, rewards, and which have ended.

        The results of an episode that had ended before have no meaning.
        """
        states, rewards, ended, cut, _ = self._environment.step(actions)
        return states, rewards, ended | cut


def _environment(count: int, limit: int) -> Any:
    import gymnasium

    return gymnasium.make_vec(
        "CartPole-v1",
        num_envs=count,
        vectorization_mode="vector_entry_point",
        max_episode_steps=limit,
    )
