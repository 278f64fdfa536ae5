"""MountainCar: gymnasium's MountainCar-v0."""

from __future__ import annotations

from tui_dl.data.dataset import Dataset
from tui_dl.data.seeded_environment import SeededEnvironment, load_seeded
from tui_dl.data.vector_environment import VectorEnvironment
from tui_dl.spec.data.mountain_car import MountainCar

NAME = "MountainCar-v0"


def load(source: MountainCar, seed: int) -> Dataset:
    """First states, (episodes, 2) for each split, and the seeds of the episodes."""
    return load_seeded(NAME, source, seed)


def environment(source: MountainCar, count: int) -> VectorEnvironment:
    """So many episodes, to run side by side."""
    return SeededEnvironment(NAME, source, count)
