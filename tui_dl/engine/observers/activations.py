"""Statistics of the layers whose units may die or saturate."""

from __future__ import annotations

from math import nan

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment

FIGURES = "mean", "deviation", "idle", "saturated"
LAYERS = 200


class Activations(Observer):
    """``mean``, ``deviation``, ``idle`` and ``saturated`` (layers,), as `Activation` has them.

    They are of a few validation samples; NaN is what does not apply to a layer.
    """

    def wants(self, experiment: Experiment) -> bool:
        layers = (node.layer for node in experiment.nodes)
        return learns_from_samples(experiment) and any(it.can_die or it.saturates for it in layers)

    def observe(self, context: Context) -> Seen | None:
        if not (names := some(list(context.activations), LAYERS)):
            return None
        found = [context.activations[name] for name in names]
        arrays = {
            figure: np.array([nan if (it := getattr(one, figure)) is None else it for one in found])
            for figure in FIGURES
        }
        return Seen({name: it.astype(np.float32) for name, it in arrays.items()}, {"layers": names})
