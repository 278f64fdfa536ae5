"""The path of an optimizer over the loss of a unit with two weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.engine.observers.base import Arrays, Context, Observer, Seen
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.products import Dense

Array = npt.NDArray[Any]

ROWS, COLUMNS = 40, 80  # of the map
MOST = 400  # points of the path
REACH = 6.5  # of the map, from the start to each side
CHUNK = 1 << 20  # outputs that are computed at a time
OUTPUTS: dict[tuple[object, ...], Callable[[Array], Array]] = {  # by the layers after the dense one
    (): np.asarray,
    ("tanh",): np.tanh,
}


class Descent(Observer):
    """``path`` (points, 2): both weights before training and after each epoch so far.

    ``surface`` (rows, columns): the mean squared error of the training samples over the second and
    the first weight, from the least to the greatest. ``range`` (4,): least and greatest first
    weight, then second one. ``minimum`` (2,): the weights of the least error on the map.
    """

    def __init__(self) -> None:
        self._map: Arrays = {}  # that of this run, once it is drawn

    def wants(self, experiment: Experiment) -> bool:
        first, *others = (node.layer for node in experiment.nodes)
        return (
            experiment.parameter_count == 2
            and isinstance(first, Dense)
            and tuple(it.__struct_config__.tag for it in others) in OUTPUTS
            and experiment.data_spec.input.size == 2
            and experiment.train.loss.__struct_config__.tag == "mean_squared_error"
        )

    def observe(self, context: Context) -> Seen | None:
        path = np.array(some(context.past.path, MOST), np.float32)
        self._map = self._map or _map_about(context.past.path[0], context)
        return Seen({"path": path, **self._map})


def _map_about(start: tuple[float, float], context: Context) -> Arrays:
    """The surface, its range and its minimum."""
    tags = tuple(node.layer.__struct_config__.tag for node in context.experiment.nodes[1:])
    train = context.dataset.train
    x = train.inputs.astype(np.float64)
    t = train.targets.reshape(len(x)).astype(np.float64)
    first, second = (
        np.linspace(at - REACH, at + REACH, count)
        for at, count in zip(start, (COLUMNS, ROWS), strict=True)
    )
    weights = np.stack(np.meshgrid(first, second), axis=-1).reshape(-1, 2)
    error = np.zeros(len(weights))
    for part in np.array_split(np.arange(len(x)), len(x) * len(weights) // CHUNK + 1):
        outputs = OUTPUTS[tags](weights @ x[part].T)
        error += ((outputs - t[part]) ** 2).sum(axis=1)
    arrays = {
        "surface": error.reshape(ROWS, COLUMNS) / len(x),
        "range": np.array([first[0], first[-1], second[0], second[-1]]),
        "minimum": weights[error.argmin()],
    }
    return {name: it.astype(np.float32) for name, it in arrays.items()}
