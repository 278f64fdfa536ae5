"""A grid over a plane, and what a classifier answers there."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.engine.metrics.predictions import Predictions, softmax
from tui_dl.engine.observers.base import Arrays

SIDE = 40  # rows and columns of the grid

Array = npt.NDArray[Any]


def grid(edges: Array) -> Array:
    """(`SIDE` * `SIDE`, 2) places of the plane, row by row from the lowest, corners included."""
    x, y = (np.linspace(low, high, SIDE) for low, high in edges.tolist())
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)


def regions(scores: Array, *, are_probabilities: bool) -> Arrays:
    """What a classifier answers on the grid, from its outputs (places, classes) there.

    Returns:
        ``answers`` (`SIDE`, `SIDE`): classes, -1 where an output is not a number; ``confidence``,
        the same shape: the probability of that class, 255 being 1.
    """
    found = Predictions(scores, np.zeros(len(scores), np.int32))
    chances = found.outputs if are_probabilities else softmax(found.outputs.astype(np.float64))
    sure = np.nan_to_num(chances.max(axis=1)).clip(0, 1)
    return {
        "answers": found.answers.reshape(SIDE, SIDE).astype(np.int32),
        "confidence": np.rint(255 * sure).astype(np.uint8).reshape(SIDE, SIDE),
    }


def crossings(values: Array, edges: Array) -> Array:
    """(crossings, 2) places where `values` (`SIDE`, `SIDE`) on the grid change their sign.

    Along each edge of the grid a straight line is drawn through both values.
    """
    places = grid(edges).reshape(SIDE, SIDE, 2).astype(np.float64)
    found = []
    for axis in (0, 1):
        before, after = (np.delete(values, end, axis=axis) for end in (-1, 0))
        start, stop = (np.delete(places, end, axis=axis) for end in (-1, 0))
        changes = (before > 0) != (after > 0)
        share = (before[changes] / (before - after)[changes])[:, None]
        found.append(start[changes] + share * (stop - start)[changes])
    return np.concatenate(found)
