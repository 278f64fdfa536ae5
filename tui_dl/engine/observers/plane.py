"""Points of a plane, and a grid over it: what pictures of two numbers a sample are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.metrics.predictions import Predictions, softmax
from tui_dl.engine.observers.base import Arrays

POINTS = 240  # that are shown
SIDE = 40  # rows and columns of the grid
MARGIN = 0.08  # around the points, of the plane's side

Array = npt.NDArray[Any]


def some_points(samples: Samples) -> Samples:
    """A few samples, evenly spaced: a split that is in the order of classes has some of each."""
    count = min(len(samples), POINTS)
    return samples.take(np.linspace(0, len(samples) - 1, count).round().astype(np.intp))


def around(points: Array, *, is_square: bool) -> Array:
    """(2, 2) lowest and highest number of both axes, with room around all finite `points`.

    It is square where both axes have one unit.
    """
    finite = points[np.isfinite(points).all(axis=1)].astype(np.float64)
    if not len(finite):
        return np.array([[-1, 1], [-1, 1]], np.float32)
    low, high = finite.min(axis=0), finite.max(axis=0)
    sides = np.maximum(high - low, 1e-6 * (1 + np.abs(high)))
    half = (sides.max() if is_square else sides) * (0.5 + MARGIN)
    middle = (low + high) / 2
    return np.stack([middle - half, middle + half], axis=1).astype(np.float32)


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
