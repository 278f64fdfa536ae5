"""Probabilities of classes, from a network's outputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.engine.metrics.predictions import softmax
from tui_dl.spec.experiment import Experiment

Floats = npt.NDArray[np.floating[Any]]


def one_a_class(outputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """(rows, classes) logits; a single one is that of the second of two classes."""
    if outputs.shape[1] > 1:
        return outputs
    return np.concatenate([np.zeros_like(outputs), outputs], axis=1)


def probabilities(experiment: Experiment, outputs: npt.NDArray[Any]) -> Floats:
    """(rows, classes) the probability of each class, from (rows, units) outputs.

    With a loss that has no activation of its own, the outputs are compared with 1 for the class and
    0 for others: they are probabilities as far as they are from 0 to 1.
    """
    z = one_a_class(np.asarray(outputs, np.float64))
    match experiment.train.loss.own_activation:
        case "softmax":
            return softmax(z)
        case "sigmoid" if outputs.shape[1] > 1:  # each class by itself
            return np.asarray(1 / (1 + np.exp(-z)))
        case "sigmoid":
            return softmax(z)
    return np.asarray(np.clip(z, 0, 1))
