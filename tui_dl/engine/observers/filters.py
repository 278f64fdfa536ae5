"""The filters of the first convolution over images."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.spec.experiment import Experiment

NUMBERS = 6_000  # of all filters that are shown
CHANNELS, SIDE = 3, 16  # of a filter


class Filters(Observer):
    """``filters`` (filters, channels, rows, columns): its weights, as many as there is room for."""

    def wants(self, experiment: Experiment) -> bool:
        return bool(_weights(experiment))

    def observe(self, context: Context) -> Seen | None:
        name = _weights(context.experiment)[0]
        layer = name.partition(".")[0]
        weights = context.parameters.tensors(context.parameters.values)[name]
        filters = weights[:, :CHANNELS, :SIDE, :SIDE]
        most = max(1, NUMBERS // filters[0].size)
        return Seen({"filters": filters[:most].astype(np.float32)}, {"layers": [layer]})


def _weights(experiment: Experiment) -> list[str]:
    """The names of all weights that are filters of images, (filters, channels, rows, columns)."""
    return [
        f"{node.name}.{name}"
        for node in experiment.nodes
        for name, shape in node.parameters.items()
        if len(shape) == 4
    ]
