"""How much each word of a few test texts speaks for the class that the network gives the text."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.data.transforms.tokens import tokens_of
from tui_dl.engine.metrics.predictions import Predictions
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.spec.experiment import Experiment

TEXTS = 12
WORDS = 32  # of a text
LEAST = 1e-9  # probability, so that its logarithm is finite

Array = npt.NDArray[Any]
Indices = npt.NDArray[np.intp]


class TellingWords(Observer):
    """``weight`` (texts, words): the log-odds of the answer with the word less those without it.

    NaN stands after the end of a text, and for a text's only word. ``target``, ``answer`` and
    ``confidence`` are as `shown.given` has them. The label ``words`` has all words, text by text,
    empty ones after the end.
    """

    def wants(self, experiment: Experiment) -> bool:
        is_text = experiment.data_spec.input.vocab_size and not experiment.data_spec.input.shape[1:]
        one_class = experiment.target.vocab_size and experiment.target.shape == ()
        return bool(is_text and one_class) and learns_from_samples(experiment)

    def observe(self, context: Context) -> Seen | None:
        texts = shown.texts_of(context.test, TEXTS)
        if texts is None or context.test.lengths is None:
            return None
        most = min(WORDS, context.test.inputs.shape[1])
        words = [tokens_of(text)[:most] for text in texts]
        whole = context.test.take(np.arange(len(words)))
        pairs = [(row, at) for row, it in enumerate(words) if len(it) > 1 for at in range(len(it))]
        rows, places = np.array(pairs, np.intp).reshape(-1, 2).T
        samples = _joined(whole, _without(whole, rows, places))
        outputs = context.evaluator.outputs(samples)[1]
        found = answers(context.experiment, outputs[: len(words)], whole.targets)
        said = found.answer[:, 0]
        odds = _log_odds(context.experiment, outputs, samples, np.concatenate([said, said[rows]]))
        weight = np.full((len(words), most), np.nan, np.float32)
        weight[rows, places] = odds[rows] - odds[len(words) :]
        filled = [word for it in words for word in [*it, *[""] * (most - len(it))]]
        labels = shown.labels(context.experiment) | {"words": filled}
        return Seen({"weight": weight} | shown.given(context, found, len(words)), labels)


def _without(samples: Samples, rows: Indices, places: Indices) -> Samples:
    """The samples at `rows`, each without its token at one of `places`; later ones move up."""
    taken = samples.take(rows)
    assert taken.lengths is not None
    kept = np.arange(taken.inputs.shape[1]) != places[:, None]
    shorter = taken.inputs[kept].reshape(len(rows), -1)
    return Samples(np.pad(shorter, ((0, 0), (0, 1))), taken.targets, taken.lengths - 1)


def _joined(first: Samples, second: Samples) -> Samples:
    """The samples of both."""
    assert first.lengths is not None
    assert second.lengths is not None
    return Samples(
        np.concatenate([first.inputs, second.inputs]),
        np.concatenate([first.targets, second.targets]),
        np.concatenate([first.lengths, second.lengths]),
    )


def _log_odds(experiment: Experiment, outputs: Array, samples: Samples, of: Array) -> Array:
    """(samples,) log-odds of the classes `of`."""
    scores = Predictions(outputs, samples.targets).outputs.astype(np.float64)
    if experiment.nodes[-1].layer.gives_probabilities:
        scores = np.log(np.maximum(scores, LEAST))
    others = np.arange(scores.shape[1]) != of[:, None]
    of_class = np.take_along_axis(scores, of[:, None], 1)[:, 0]
    return np.asarray(of_class - np.logaddexp.reduce(scores, axis=1, where=others, initial=-np.inf))
