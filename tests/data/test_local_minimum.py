"""The loss of the points has two minima, and a rise between them."""

from __future__ import annotations

import numpy as np

from tui_dl.data.local_minimum import load
from tui_dl.spec.data.local_minimum import LocalMinimum

# What second weight is best for each first one is searched on this grid.
FIRST, SECOND = np.linspace(0, 8, 81), np.linspace(-1, 4, 161)


def valley(rare: float) -> np.ndarray:
    """The least loss for each first weight."""
    samples = load(LocalMinimum(samples=1000, rare=rare), 0)
    x, t = samples.inputs, samples.targets[:, 0]
    losses = [
        [np.mean((np.tanh(x @ np.array([a, b], np.float32)) - t) ** 2) for b in SECOND]
        for a in FIRST
    ]
    least: np.ndarray = np.array(losses).min(axis=1)
    return least


def test_there_is_a_rise_between_two_minima() -> None:
    losses = valley(0.01)
    drops = np.flatnonzero((losses[1:-1] < losses[:-2]) & (losses[1:-1] < losses[2:])) + 1
    near, far = drops[0], drops[-1]
    assert FIRST[near] < 2 < 3 < FIRST[far]
    assert losses[far] < 0.5 * losses[near]
    assert losses[near:far].max() > 1.01 * losses[near]


def test_without_the_rare_points_there_is_none() -> None:
    losses = valley(0.0)
    assert np.all(np.diff(losses[FIRST < 3]) < 0)
