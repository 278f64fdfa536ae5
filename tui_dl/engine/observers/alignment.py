"""Which characters of its input each character that a decoder writes depends on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.metrics.predictions import answer, softmax
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
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
        embeds = experiment.nodes[0].layer.embeds_tokens
        return writes and embeds and learns_from_samples(experiment)

    def observe(self, context: Context) -> Seen | None:
        some = context.test.take(np.arange(min(SAMPLES, len(context.test))))
        count, places = len(some), min(some.targets.shape[1], shown.PLACES)
        repeated = some.take(np.repeat(np.arange(count), places))
        if self._gradient is None:
            self._gradient = InputGradient(
                context.experiment, context.parameters, context.network, len(repeated)
            )
        outputs, gradient = self._gradient.of(repeated, lambda it: _weights(it, count, places))
        lengths = np.sqrt((gradient.astype(np.float64) ** 2).sum(axis=2))
        by_place = lengths.reshape(count, places, -1)[:, :, : shown.PLACES]
        largest = by_place.max(axis=2, keepdims=True)
        scaled = np.divide(by_place, largest, out=np.zeros_like(by_place), where=largest > 0)
        targets = some.targets[:, :places]
        said = answer(outputs[::places])[:, :places]
        arrays = {
            "weight": scaled.astype(np.float16),
            "target": targets.astype(np.int32),
            "answer": np.where(targets < 0, -1, said).astype(np.int32),
            "lengths": _lengths(some),
        }
        arrays |= shown.inputs(some.inputs, context.experiment.data_spec.input)
        return Seen(arrays, shown.labels(context.experiment))


def _weights(outputs: Array, count: int, places: int) -> Array:
    """(repeated samples, places, tokens) of the log-odds of the largest output.

    Each repeated sample stands for one place. The gradient of log(p / (1 - p)) is that of this
    output less the mean of the others', each weighted by its share of their probability.
    """
    weights = np.zeros_like(outputs)
    rows, at = np.arange(count * places), np.tile(np.arange(places), count)
    scores = np.nan_to_num(outputs[rows, at].astype(np.float64))
    largest = scores.argmax(axis=1)
    others = scores.copy()
    others[rows, largest] = -np.inf
    weights[rows, at] = -softmax(others)
    weights[rows, at, largest] = 1
    return weights


def _lengths(samples: Samples) -> npt.NDArray[np.int32]:
    """How many input tokens of each sample are shown."""
    own = samples.lengths
    all_of = np.full(len(samples), samples.inputs.shape[1], np.int32) if own is None else own
    return np.minimum(all_of, shown.PLACES)
