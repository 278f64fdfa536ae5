"""CartPole: gymnasium's CartPole-v1, which steps many episodes at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.seeded_environment import EVALUATED
from tui_dl.data.vector_environment import Flags, Ints, Numbers, VectorEnvironment
from tui_dl.spec.data.cartpole import CartPole
from tui_dl.support.rng import stream


def load(source: CartPole, seed: int) -> Dataset:
    """First states, (episodes, 4) for each split; their targets are not used."""
    sizes = {"train": source.episodes, "validation": EVALUATED, "test": EVALUATED}
    splits = []
    for split, count in sizes.items():
        first = int(stream(seed, f"cartpole {split}").integers(2**31))
        states, _ = _environment(count, source.limit).reset(seed=first)
        splits.append(Samples(np.ascontiguousarray(states), np.zeros(count, np.int32)))
    return Dataset(*splits)


class Poles:
    """Episodes whose whole state is what the network sees, so each begins in its sample's input."""

    def __init__(self, source: CartPole, count: int) -> None:
        self._environment = _environment(count, source.limit)

    def reset(self, samples: Samples) -> Numbers:
        self._environment.reset(seed=0)
        self._environment.unwrapped.state = samples.inputs.T.astype(np.float64)
        return samples.inputs

    def step(self, actions: Ints) -> tuple[Numbers, Numbers, Flags, Flags]:
        states, rewards, terminated, truncated, _ = self._environment.step(actions)
        return states, rewards, terminated, truncated


def environment(source: CartPole, count: int) -> VectorEnvironment:
    """So many episodes, to run side by side."""
    return Poles(source, count)


def _environment(count: int, limit: int) -> Any:
    import gymnasium

    return gymnasium.make_vec(
        "CartPole-v1",
        num_envs=count,
        vectorization_mode="vector_entry_point",
        max_episode_steps=limit,
    )
