"""The exponentially weighted average of the weights, beside the weights themselves."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.layers import some
from tui_dl.spec.experiment import Experiment

MOST = 400  # epochs
NAMES = ("weights", "corrected", "uncorrected")


class MovingAverage(Observer):
    """Norms (epochs,) after each epoch so far.

    ``weights``: of all weights as the last step left them. ``corrected``: of their average.
    ``uncorrected``: of the average without bias correction, which begins at 0. ``epoch``
    (epochs,): which ones they are of.
    """

    def wants(self, experiment: Experiment) -> bool:
        return experiment.train.weight_average is not None

    def observe(self, context: Context) -> Seen | None:
        if not context.past.averages:  # the run ended within its first epoch
            return None
        norms = np.array(some(context.past.averages, MOST), np.float32)
        epochs = some(range(1, len(context.past.averages) + 1), MOST)
        columns = dict(zip(NAMES, norms.T, strict=True))
        return Seen(columns | {"epoch": np.array(epochs, np.int32)})
