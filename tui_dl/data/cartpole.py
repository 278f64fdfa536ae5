"""CartPole: the states in which episodes begin, and what follows from actions.

gymnasium's environment, many episodes side by side. It is loaded here and nowhere else.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.spec.data import CartPole
from tui_dl.support.rng import stream

JUDGED = 100  # episodes, as many as CartPole's solvers are judged by


def load(source: CartPole, seed: int) -> Dataset:
    """First states, (episodes, 4) a split; nothing is wanted of them."""
    sizes = {"train": source.episodes, "validation": JUDGED, "test": JUDGED}
    splits = []
    for split, count in sizes.items():
        first = int(stream(seed, f"cartpole {split}").integers(2**31))
        states, _ = _environment(count, source.limit).reset(seed=first)
        splits.append(Samples(np.ascontiguousarray(states), np.zeros(count, np.int32)))
    return Dataset(*splits)


class Poles:
    """As many poles as `states` (episodes, 4) has rows; each goes its own way."""

    def __init__(self, source: CartPole, states: Any) -> None:
        self._environment = _environment(len(states), source.limit)
        self._environment.reset(seed=0)
        self._environment.unwrapped.state = states.T.astype(np.float64)

    def step(self, actions: Any) -> tuple[Any, Any, Any]:
        """Carry out one action an episode: the next states, the rewards, and which are over.

        What comes of an episode that was over before means nothing.
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
