"""Log-odds: how strongly a network's outputs speak for one class against all others."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.engine.metrics.predictions import Predictions
from tui_dl.spec.experiment import Experiment

LEAST = 1e-9  # probability, so that its logarithm is finite

Array = npt.NDArray[Any]


def log_odds(experiment: Experiment, outputs: Array, targets: Array, of: Array) -> Array:
    """(samples,) log(p / (1 - p)) of the classes `of`, by `outputs` (samples, ...)."""
    scores = Predictions(outputs, targets).outputs.astype(np.float64)
    if experiment.nodes[-1].layer.gives_probabilities:
        scores = np.log(np.maximum(scores, LEAST))
    others = np.arange(scores.shape[1]) != of[:, None]
    of_class = np.take_along_axis(scores, of[:, None], 1)[:, 0]
    return np.asarray(of_class - np.logaddexp.reduce(scores, axis=1, where=others, initial=-np.inf))
