"""The code space: test samples in the plane of an autoencoder's code of two numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data.plane import around, some_points
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.shown import labels
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.plane import code_of_two_units


class CodeSpace(Observer):
    """``points`` (points, 2): the codes of test samples; ``labels``: their classes, to judge by.

    ``range`` (2, 2) are the ends of both axes. ``neighbours`` (1,) is the share of points whose
    nearest other point has the same label, ``chance`` (1,) that share where labels are shuffled.
    """

    def wants(self, experiment: Experiment) -> bool:
        return code_of_two_units(experiment) is not None

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        index = code_of_two_units(experiment)
        assert index is not None
        some = some_points(context.dataset.test)
        points = context.of_layer(some, index).astype(np.float32)
        classes = some.targets.astype(np.int32)
        arrays = {
            "range": around(points, is_square=False),
            "points": points,
            "labels": classes,
            "neighbours": np.array([alike(points, classes)], np.float32),
            "chance": np.array([by_chance(classes)], np.float32),
        }
        names = [experiment.nodes[index].name]
        return Seen(arrays, {**labels(experiment), "layers": names})


def alike(points: npt.NDArray[Any], classes: npt.NDArray[Any]) -> float:
    """The share of points whose nearest other point is of the same class.

    Args:
        points: (points, 2), at least two.
        classes: (points,) their classes.
    """
    at = points.astype(np.float64)
    distances = ((at[:, None] - at) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    return float((classes[distances.argmin(axis=1)] == classes).mean())


def by_chance(classes: npt.NDArray[Any]) -> float:
    """The probability that two different samples drawn at random are of one class."""
    counts, total = np.unique(classes, return_counts=True)[1], len(classes)
    return float((counts * (counts - 1)).sum() / max(total * (total - 1), 1))
