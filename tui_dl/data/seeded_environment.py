"""Vector environments of any environment of gymnasium, whose episodes have a seed each."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.vector_environment import Flags, Ints, Numbers
from tui_dl.spec.data.base import Environment
from tui_dl.spec.layers.base import kind
from tui_dl.support.rng import stream

EVALUATED = 100  # episodes of validation and of test each; gymnasium too averages over so many


class SeededEnvironment:
    """Episodes of the environment that gymnasium calls `name`; a sample's target is its seed."""

    def __init__(self, name: str, source: Environment, count: int) -> None:
        import gymnasium

        options = {"max_episode_steps": source.longest, "disable_env_checker": True}
        self._environments: list[Any] = [gymnasium.make(name, **options) for _ in range(count)]
        self._states = np.zeros((count, source.input.size), np.float32)
        self._under_way = np.zeros(count, np.bool_)

    def reset(self, samples: Samples) -> Numbers:
        for state, one, seed in zip(
            self._states, self._environments, samples.targets.tolist(), strict=True
        ):
            state[...] = one.reset(seed=seed)[0]
        self._under_way[:] = True
        return self._states.copy()

    def step(self, actions: Ints) -> tuple[Numbers, Numbers, Flags, Flags]:
        count = len(self._environments)
        rewards = np.zeros(count, np.float32)
        terminated, truncated = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        for i in np.flatnonzero(self._under_way).tolist():
            self._states[i], rewards[i], terminated[i], truncated[i], _ = self._environments[
                i
            ].step(actions[i])
        self._under_way &= ~(terminated | truncated)
        return self._states.copy(), rewards, terminated, truncated


def load_seeded(name: str, source: Environment, seed: int) -> Dataset:
    """Episodes of the environment `name` of gymnasium: first states, and seeds as targets."""
    sizes = {"train": source.count, "validation": EVALUATED, "test": EVALUATED}
    splits = []
    for split, count in sizes.items():
        seeds = stream(seed, f"{kind(source)} {split}").integers(2**31, size=count)
        environment = SeededEnvironment(name, source, count)
        samples = Samples(np.zeros((count, source.input.size), np.float32), seeds.astype(np.int32))
        splits.append(Samples(environment.reset(samples), samples.targets))
    return Dataset(*splits)
