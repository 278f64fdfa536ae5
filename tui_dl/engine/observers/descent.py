"""The path of an optimizer over the loss of a linear model with two weights."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.products import Dense

ROWS, COLUMNS = 40, 80  # of the map
MOST = 400  # points of the path
ROOM = 1.5  # times the start's distance from the minimum, that the map reaches on each side


class Descent(Observer):
    """``path`` (points, 2): both weights before training and after each epoch so far.

    ``surface`` (rows, columns): the mean squared error of the training samples over the second and
    the first weight, from the least to the greatest. ``range`` (4,): least and greatest first
    weight, then second one. ``minimum`` (2,): the weights with the least error.
    """

    def wants(self, experiment: Experiment) -> bool:
        layers = [node.layer for node in experiment.nodes]
        return (
            experiment.parameter_count == 2
            and len(layers) == 1
            and isinstance(layers[0], Dense)
            and experiment.data_spec.input.size == 2
            and experiment.train.loss.__struct_config__.tag == "mean_squared_error"
        )

    def observe(self, context: Context) -> Seen | None:
        train = context.dataset.train
        x = train.inputs.astype(np.float64)
        t = train.targets.reshape(len(x)).astype(np.float64)
        minimum = np.linalg.lstsq(x, t, rcond=None)[0]
        path = np.array(some(context.past.path, MOST), np.float64)
        reach = ROOM * np.maximum(np.abs(path[0] - minimum), 1e-3)
        first, second = (
            np.linspace(at - by, at + by, count)
            for at, by, count in zip(minimum, reach, (COLUMNS, ROWS), strict=True)
        )
        # |X w - t|^2 / n from the products of X and t alone.
        w = np.stack(np.meshgrid(first, second), axis=-1)
        error = np.einsum("rci,ij,rcj->rc", w, x.T @ x, w) - 2 * w @ (x.T @ t) + t @ t
        arrays = {
            "path": path,
            "surface": np.maximum(error, 0) / len(x),
            "range": np.array([first[0], first[-1], second[0], second[-1]]),
            "minimum": minimum,
        }
        return Seen({name: it.astype(np.float32) for name, it in arrays.items()})
