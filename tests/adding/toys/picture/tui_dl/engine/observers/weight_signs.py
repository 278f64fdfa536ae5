"""How many weights of each layer are above zero."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment


class WeightSigns(Observer):
    """``above`` (layers,): the share of weights above zero."""

    def wants(self, experiment: Experiment) -> bool:
        return True

    def observe(self, context: Context) -> Seen | None:
        parameters = context.parameters
        layers = some(parameters.layers, 100)
        flat = [
            np.concatenate([it.ravel() for it in parameters.of(layer, parameters.values).values()])
            for layer in layers
        ]
        above = np.array([(weights > 0).mean() for weights in flat], np.float32)
        return Seen({"above": above}, {"layers": layers})
