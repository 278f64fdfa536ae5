"""Samples that are points of a plane: a few of them, and the part of the plane around them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.data.dataset import Samples

POINTS = 240  # that are shown
MARGIN = 0.08  # around the points, of the plane's side

Array = npt.NDArray[Any]


class PointsInPlane(NamedTuple):
    """Points for people to look at.

    Attributes:
        edges: (2, 2) as `around` gives them.
        points: (points, 2).
        labels: (points,) their classes.
        names: of the classes, where they have names.
    """

    edges: Array
    points: Array
    labels: Array
    names: tuple[str, ...]


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
