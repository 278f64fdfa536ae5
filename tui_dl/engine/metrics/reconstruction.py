"""How well an autoencoder reconstructs its inputs: the error of each sample."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.spec.experiment import Experiment

SHARE = 0.99  # of samples like those of training that are below the threshold

Doubles = npt.NDArray[np.float64]


def reconstructions(experiment: Experiment, outputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What the network makes of its inputs: its outputs, or their sigmoid where they are logits."""
    if experiment.train.loss.own_activation != "sigmoid":
        return outputs
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-outputs)))


def scores(outputs: npt.NDArray[Any], inputs: npt.NDArray[Any]) -> Doubles:
    """(samples,) the mean squared error of each sample's reconstruction.

    Args:
        outputs: (samples, ...) what the network makes of them, as `reconstructions` has it.
        inputs: (samples, ...) as many numbers a sample, in any shape.
    """
    made, given = (it.reshape(len(it), -1).astype(np.float64) for it in (outputs, inputs))
    return np.asarray(((made - given) ** 2).mean(axis=1))


def threshold(errors: Doubles) -> float:
    """The error that the share `SHARE` of samples like those of training does not exceed.

    Args:
        errors: (samples,) of samples that were not trained on; they need no labels.
    """
    return float(np.quantile(errors, SHARE, method="higher"))
