"""Acrobot: gymnasium's Acrobot-v1."""

from __future__ import annotations

from tui_dl.data.dataset import Dataset
from tui_dl.data.seeded_environment import SeededEnvironment, load_seeded
from tui_dl.data.vector_environment import VectorEnvironment
from tui_dl.spec.data.acrobot import Acrobot

NAME = "Acrobot-v1"


def load(source: Acrobot, seed: int) -> Dataset:
    """First states, (episodes, 6) for each split, and the seeds of the episodes."""
    return load_seeded(NAME, source, seed)


def environment(source: Acrobot, count: int) -> VectorEnvironment:
    """So many episodes, to run side by side."""
    return SeededEnvironment(NAME, source, count)
