"""Which characters of its input each character that a decoder writes depends on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.metrics.predictions import answer, softmax
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Arrays, Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.input_gradient import InputGradient
from tui_dl.spec.experiment import Experiment

SAMPLES = 2

Array = npt.NDArray[Any]


class Alignment(Observer):
    """``weight`` (samples, places, inputs), float16: shares of the largest gradient of a place.

    A gradient is the length of that by the vector that the embedding gives an input token, of the
    log-odds of the token which the decoder writes at a place, after the right ones before it.
    ``target`` and ``answer`` (samples, places) are token ids, -1 after the end; ``input.tokens`` as
    `shown.inputs` has them, ``lengths`` (samples,) those of inputs.
    """

    def __init__(self) -> None:
        self._gradient: InputGradient | None = None

    def wants(self, experiment: Experiment) -> bool:
        writes = any(node.layer.reads_target for node in experiment.nodes)
        reads_many = experiment.data_spec.input.size > 1  # else there is nothing to choose from
        embeds = experiment.nodes[0].layer.embeds_tokens
        return writes and reads_many and embeds and learns_from_samples(experiment)

    def observe(self, context: Context) -> Seen | None:
        some = context.test.take(np.arange(min(SAMPLES, len(context.test))))
        places = min(some.targets.shape[1], shown.PLACES)
        if self._gradient is None:
            self._gradient = InputGradient(
                context.experiment, context.parameters, context.network, places
            )
        weights, answers = [], []
        for sample in range(len(some)):
            # A copy for each place, so that all gradients take one pass back.
            copies = some.take(np.full(places, sample))
            outputs, gradient = self._gradient.of(copies, _weights)
            weights.append(_shares(gradient)[:, : shown.PLACES])
            answers.append(answer(outputs[0])[:places])
        targets = some.targets[:, :places]
        arrays: Arrays = {
            "weight": np.array(weights, np.float16),
            "target": targets.astype(np.int32),
            "answer": np.where(targets < 0, -1, answers).astype(np.int32),
            "lengths": _lengths(some),
        }
        arrays |= shown.inputs(some.inputs, context.experiment.data_spec.input)
        return Seen(arrays, shown.labels(context.experiment))


def _weights(outputs: Array) -> Array:
    """(places, places, tokens) weights of outputs, for the log-odds of the largest one at a place.

    The first axis are copies of a sample, one for each place. The gradient of log(p / (1 - p)) is
    that of this output less the mean of the others', each weighted by its share of their
    probability.
    """
    weights = np.zeros_like(outputs)
    places = np.arange(len(outputs))
    scores = np.nan_to_num(outputs[places, places].astype(np.float64))
    largest = scores.argmax(axis=1)
    others = scores.copy()
    others[places, largest] = -np.inf
    weights[places, places] = -softmax(others)
    weights[places, places, largest] = 1
    return weights


def _shares(gradient: Array) -> Array:
    """(places, inputs) lengths of gradients (places, inputs, size), over the largest of a place."""
    lengths = np.sqrt((gradient.astype(np.float64) ** 2).sum(axis=2))
    largest = lengths.max(axis=1, keepdims=True)
    shares: Array = np.divide(lengths, largest, out=np.zeros_like(lengths), where=largest > 0)
    return shares


def _lengths(samples: Samples) -> npt.NDArray[np.int32]:
    """How many input tokens of each sample are shown."""
    own = samples.lengths
    all_of = np.full(len(samples), samples.inputs.shape[1], np.int32) if own is None else own
    return np.minimum(all_of, shown.PLACES)
