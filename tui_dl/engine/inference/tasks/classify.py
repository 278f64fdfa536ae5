"""One class for each sample, with the probability of every class."""

from __future__ import annotations

from tui_dl.engine.inference.probabilities import one_a_class, probabilities
from tui_dl.engine.inference.tasks.base import (
    Asked,
    Options,
    TrainedNetwork,
    names_of,
    of_classes,
    rounded,
)
from tui_dl.engine.metrics.predictions import answer
from tui_dl.protocol.answer import Answer

OPTIONS = ()


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """The predicted class of each sample."""
    outputs = network.outputs_of(asked.samples).reshape(len(asked.samples), -1)
    names, shares = names_of(network.experiment), probabilities(network.experiment, outputs)
    predicted = answer(one_a_class(outputs)).tolist()
    return [of_classes(names, row, it) for row, it in zip(rounded(shares), predicted, strict=True)]
