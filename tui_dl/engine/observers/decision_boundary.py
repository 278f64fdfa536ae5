"""The decision boundary of a classifier of two inputs, with points."""

from __future__ import annotations

from math import nan

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.plane import around, some_points
from tui_dl.engine.metrics.predictions import Predictions
from tui_dl.engine.observers import plane
from tui_dl.engine.observers.base import Arrays, Context, Observer, Seen
from tui_dl.engine.observers.shown import labels
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.plane import begins_with_lines, has_two_inputs


class DecisionBoundary(Observer):
    """What is answered in the plane around the training samples, and validation or test samples.

    ``range`` (2, 2) are the ends of both axes; ``answers`` and ``confidence`` as `plane.regions`
    has them; ``points`` (points, 2), and ``labels`` (points,), their classes. Where the first layer
    is dense and there are two classes, ``line_error`` (1,) is how far the decision boundary is at
    most from the line of its first unit, w x + b = 0; NaN where there is no boundary. Where this
    layer is the only one, ``line`` (3,) are the weights and the bias of that line; of two outputs
    they are those of the second less those of the first.
    """

    def __init__(self) -> None:
        self._kept: tuple[plane.Array, Samples] | None = None

    def wants(self, experiment: Experiment) -> bool:
        return has_two_inputs(experiment)

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        edges, grid = self._plane(context)
        scores = context.of_layer(grid, len(experiment.nodes) - 1)
        is_probability = experiment.nodes[-1].layer.gives_probabilities
        some = some_points(context.answered)
        arrays = {
            "range": edges,
            "points": some.inputs.astype(np.float32),
            "labels": some.targets.astype(np.int32),
        } | plane.regions(scores, are_probabilities=is_probability)
        if begins_with_lines(experiment):
            arrays |= _line(context, scores, edges)
        return Seen(arrays, {"split": [context.split], **labels(experiment)})

    def _plane(self, context: Context) -> tuple[plane.Array, Samples]:
        """The ends of the axes and the grid between them, the same in all epochs."""
        if self._kept is None:
            edges = around(context.dataset.train.inputs, is_square=True)
            places = plane.grid(edges)
            self._kept = edges, Samples(places, np.zeros(len(places), np.int32))
        return self._kept


def _line(context: Context, scores: plane.Array, edges: plane.Array) -> Arrays:
    """How far the boundary is from the line of the first unit, and that line."""
    weights = context.parameters.of(context.parameters.layers[0], context.parameters.values)
    bias = weights.get("bias", np.zeros(len(weights["weight"])))
    table = np.column_stack([weights["weight"], bias])
    is_only = len(context.experiment.nodes) == 1
    line = (table[1] - table[0] if is_only and len(table) == 2 else table[0]).astype(np.float64)
    outputs = Predictions(scores, np.zeros(len(scores), np.int32)).outputs.astype(np.float64)
    places = plane.crossings((outputs[:, 1] - outputs[:, 0]).reshape(plane.SIDE, plane.SIDE), edges)
    length = float(np.hypot(*line[:2]))
    error = nan
    if len(places) and length:
        error = float(np.abs(places @ line[:2] + line[2]).max() / length)
    arrays = {"line_error": np.array([error], np.float32)}
    return arrays | ({"line": line.astype(np.float32)} if is_only else {})
