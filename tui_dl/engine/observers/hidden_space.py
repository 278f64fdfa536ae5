"""The hidden space: samples in the plane of the outputs of a layer of two units."""

from __future__ import annotations

import numpy as np

from tui_dl.data import Samples
from tui_dl.data.plane import around, some_points
from tui_dl.engine.observers import plane
from tui_dl.engine.observers.base import Arrays, Context, Observer, Seen
from tui_dl.engine.observers.shown import labels
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.products import Dense
from tui_dl.spec.plane import layer_of_two_units


class HiddenSpace(Observer):
    """``points`` (points, 2): a layer's outputs for validation or test samples; ``labels``.

    ``range`` (2, 2) are the ends of both axes. Where only a dense layer follows, ``answers`` and
    ``confidence`` are what it makes of the plane, as `plane.regions` has them.
    """

    def __init__(self) -> None:
        self._points: dict[str, Samples] = {}  # of splits

    def wants(self, experiment: Experiment) -> bool:
        return layer_of_two_units(experiment) is not None

    def observe(self, context: Context) -> Seen | None:
        experiment = context.experiment
        index = layer_of_two_units(experiment)
        assert index is not None
        some = self._points.setdefault(context.split, some_points(context.answered))
        points = context.of_layer(some, index).astype(np.float32)
        edges = around(points, is_square=False)
        arrays: Arrays = {"range": edges, "points": points, "labels": some.targets.astype(np.int32)}
        rest = experiment.nodes[index + 1 :]
        if len(rest) == 1 and isinstance(rest[0].layer, Dense):
            tensors = context.parameters.of(rest[0].name, context.parameters.values)
            places = plane.grid(edges)
            scores = (places[:, None] * tensors["weight"]).sum(axis=2) + tensors.get("bias", 0)
            arrays |= plane.regions(scores, are_probabilities=False)
        names = [experiment.nodes[index].name]
        return Seen(arrays, {**labels(experiment), "split": [context.split], "layers": names})
