"""How badly each sample is reconstructed: an unusual one worse than those of training."""

from __future__ import annotations

from functools import lru_cache

from tui_dl import data
from tui_dl.data import Samples
from tui_dl.engine.inference.tasks.base import Asked, Options, TrainedNetwork, number
from tui_dl.engine.metrics.reconstruction import Doubles, reconstructions, scores, threshold
from tui_dl.protocol.answer import Answer

OPTIONS = ()


def answers(network: TrainedNetwork, asked: Asked, options: Options) -> list[Answer]:
    """The mean squared error of each sample, beside what is usual of validation samples."""
    limit = number(_limit(network))
    return [Answer(number(it), limit=limit) for it in _errors(network, asked.samples).tolist()]


def _errors(network: TrainedNetwork, samples: Samples) -> Doubles:
    made = reconstructions(network.experiment, network.outputs_of(samples))
    return scores(made, samples.inputs)


@lru_cache(maxsize=1)
def _limit(network: TrainedNetwork) -> float:
    """The error that hardly a validation sample exceeds; the data is loaded for it, once."""
    experiment = network.experiment
    dataset = data.load(experiment.data, experiment.train.seed, experiment.data_spec)
    return threshold(_errors(network, dataset.validation))
