"""How much each word or character of a few test texts speaks for the answer to its text."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import answers
from tui_dl.engine.observers.base import Context, Observer, Seen
from tui_dl.engine.observers.log_odds import log_odds
from tui_dl.engine.observers.text_pieces import (
    filled,
    has_classes_of_texts,
    most_places,
    pieces_of_texts,
)
from tui_dl.spec.experiment import Experiment

Array = npt.NDArray[Any]
Indices = npt.NDArray[np.intp]


class TellingWords(Observer):
    """``weight`` (texts, words): the log-odds of the answer with the word less those without it.

    NaN stands after the end of a text, and for a text's only word. ``target``, ``answer`` and
    ``confidence`` are as `shown.given` has them. The label ``words`` has all words, or characters,
    text by text, empty ones after the end.
    """

    def wants(self, experiment: Experiment) -> bool:
        return has_classes_of_texts(experiment)

    def observe(self, context: Context) -> Seen | None:
        words, most = pieces_of_texts(context), most_places(context)
        if words is None:
            return None
        whole = context.test.take(np.arange(len(words)))
        pairs = [(row, at) for row, it in enumerate(words) if len(it) > 1 for at in range(len(it))]
        rows, places = np.array(pairs, np.intp).reshape(-1, 2).T
        samples = _joined(whole, _without(whole, rows, places))
        outputs = context.outputs_of(samples)
        found = answers(context.experiment, outputs[: len(words)], whole.targets)
        said = found.answer[:, 0]
        of = np.concatenate([said, said[rows]])
        odds = log_odds(context.experiment, outputs, samples.targets, of)
        weight = np.full((len(words), most), np.nan, np.float32)
        weight[rows, places] = odds[rows] - odds[len(words) :]
        labels = shown.labels(context.experiment) | {"words": filled(words, most)}
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
