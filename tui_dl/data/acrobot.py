"""Acrobot: gymnasium's Acrobot-v1, whose motion is computed for many episodes at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.seeded_environment import load_seeded
from tui_dl.data.vector_environment import Flags, Ints, Numbers, VectorEnvironment
from tui_dl.spec.data.acrobot import Acrobot

NAME = "Acrobot-v1"
SECONDS = 0.2  # of a step
FASTEST = 4 * np.pi, 9 * np.pi  # of both joints, in radians a second
GRAVITY = 9.8

Doubles = npt.NDArray[np.float64]


def load(source: Acrobot, seed: int) -> Dataset:
    """First states, (episodes, 6) for each split, and the seeds of the episodes."""
    return load_seeded(NAME, source, seed)


class Acrobots:
    """Episodes that begin as gymnasium's do with the seeds that are the samples' targets.

    Both links have a length and a mass of 1, their centre of mass in the middle and a moment of
    inertia of 1; the torque at the second joint is -1, 0 or 1.
    """

    def __init__(self, source: Acrobot, count: int) -> None:
        import gymnasium

        self._one: Any = gymnasium.make(NAME, disable_env_checker=True)
        self._limit, self._repeat, self._steps = source.limit, source.repeat, 0
        self._angles: Doubles = np.zeros((4, count))  # both angles, both velocities

    def reset(self, samples: Samples) -> Numbers:
        for index, seed in enumerate(samples.targets.tolist()):
            self._one.reset(seed=seed)
            self._angles[:, index] = self._one.unwrapped.state
        self._steps = 0
        return samples.inputs

    def step(self, actions: Ints) -> tuple[Numbers, Numbers, Flags, Flags]:
        torque = actions.astype(np.float64) - 1
        has_ended, rewards = np.zeros(len(actions), np.bool_), np.zeros(len(actions), np.float32)
        for _ in range(min(self._repeat, self._limit - self._steps)):
            moved = _moved(self._angles, torque)
            self._angles = np.where(has_ended, self._angles, moved)
            has_ended = -np.cos(self._angles[0]) - np.cos(self._angles[:2].sum(axis=0)) > 1
            rewards -= ~has_ended
            self._steps += 1
        first, second, *velocities = self._angles
        states = np.stack(
            [np.cos(first), np.sin(first), np.cos(second), np.sin(second), *velocities], axis=1
        )
        is_cut = np.full(len(actions), self._steps >= self._limit)
        return states.astype(np.float32), rewards, has_ended, is_cut


def environment(source: Acrobot, count: int) -> VectorEnvironment:
    """So many episodes, to run side by side."""
    return Acrobots(source, count)


def _moved(angles: Doubles, torque: Doubles) -> Doubles:
    """The angles and velocities after a step, by the classical Runge-Kutta method."""
    k1 = _derivatives(angles, torque)
    k2 = _derivatives(angles + SECONDS / 2 * k1, torque)
    k3 = _derivatives(angles + SECONDS / 2 * k2, torque)
    k4 = _derivatives(angles + SECONDS * k3, torque)
    moved = angles + SECONDS / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    turned = np.where(moved[:2] > np.pi, moved[:2] - 2 * np.pi, moved[:2])
    moved[:2] = np.where(turned < -np.pi, turned + 2 * np.pi, turned)
    for velocity, most in zip(moved[2:], FASTEST, strict=True):
        np.clip(velocity, -most, most, out=velocity)
    return moved


def _derivatives(angles: Doubles, torque: Doubles) -> Doubles:
    """Velocities and accelerations of both joints (Sutton & Barto 1998, section 11.3)."""
    first, second, first_velocity, second_velocity = angles
    bend, side = np.cos(second), np.sin(second)
    d1, d2 = 3.5 + bend, 1.25 + 0.5 * bend
    pull2 = 0.5 * GRAVITY * np.sin(first + second)
    pull1 = 1.5 * GRAVITY * np.sin(first) + pull2
    pull1 -= (0.5 * second_velocity + first_velocity) * second_velocity * side
    push = torque + d2 / d1 * pull1 - 0.5 * first_velocity**2 * side - pull2
    of_second = push / (1.25 - d2**2 / d1)
    of_first = -(d2 * of_second + pull1) / d1
    return np.stack([first_velocity, second_velocity, of_first, of_second])
