"""Real numbers for each sample."""

from __future__ import annotations

import numpy as np

from tui_dl import data
from tui_dl.engine.inference.tasks.base import Asked, Options, TrainedNetwork, number
from tui_dl.protocol.answer import Answer

OPTIONS = ()


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """The network's outputs for each sample in the data's units, or as probabilities."""
    experiment = network.experiment
    outputs = network.outputs_of(asked.samples).reshape(len(asked.samples), -1).astype(np.float64)
    if experiment.train.loss.own_activation == "sigmoid":
        outputs = 1 / (1 + np.exp(-outputs))
    outputs = data.in_units(experiment.data, experiment.data_spec, outputs)
    rows = [[number(value) for value in row] for row in outputs.tolist()]
    return [Answer(row[0] if len(row) == 1 else tuple(row)) for row in rows]
