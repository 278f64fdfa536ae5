"""What the network answers to all samples of a split: confusions, and the worst mistakes.

It is collected pass by pass, so its memory does not grow with the split.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.engine.metrics.predictions import Predictions, softmax
from tui_dl.engine.observers.confusions import Confusions
from tui_dl.spec.experiment import Experiment

MOST = 32  # mistakes that are kept
PER_PAIR = 6  # of them, of each confusion of two classes
UNDEFINED = 2.0  # how wrong an output is that is not a number

Array = npt.NDArray[Any]


class Answer(NamedTuple):
    """The answers to some samples, (samples, places) each; a place is one prediction.

    Attributes:
        target: classes, negative where there is none, or real numbers.
        answer: the same, as the network says; -1 where its output is not a number.
        confidence: the probability that it gives its answer; NaN for real numbers.
        wrong: (samples,) how wrong: the mean probability that targets do not get, or the mean
            distance from real targets; negative where all places are right.
    """

    target: Array
    answer: Array
    confidence: Array
    wrong: Array


class Answers:
    """Collects answers.

    Attributes:
        confusions: how often each class was answered as each.
        mistakes: how many samples were not answered right; 0 of real numbers.
        worst: the answers to the worst samples, worst first.
        indices: (worst,) which samples of the split they are.
        confused: the answers to the worst samples of each pair of target and answer, worst first;
            None without any, or where a sample has several targets.
        confused_indices: (confused,) which samples of the split they are.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._classes = experiment.target.vocab_size
        self.confusions = Confusions(self._classes)
        self.mistakes = 0
        self.worst: Answer | None = None
        self.indices: Array = np.zeros(0, np.int64)
        self.confused: Answer | None = None
        self.confused_indices: Array = np.zeros(0, np.int64)

    def add(self, outputs: Array, targets: Array, chosen: Array) -> None:
        """Add the `outputs` for the samples `chosen`, and their `targets`, both (samples, ...)."""
        if self._classes:
            found = Predictions(outputs, targets)
            self.confusions.add(found.labels, found.predicted)
            missed = (found.answers != found.rows) & (found.rows >= 0)
            mistaken = np.flatnonzero(missed.any(axis=1))
            self.mistakes += len(mistaken)
            outputs, targets, chosen = outputs[mistaken], targets[mistaken], chosen[mistaken]
        if not len(chosen):
            return
        new = answers(self._experiment, outputs, targets)
        if self._classes and new.target.shape[1] == 1:
            both, indices = _joined(self.confused, self.confused_indices, new, chosen)
            order = _worst_of_pairs(both, indices)
            self.confused, self.confused_indices = _taken(both, order), indices[order]
        both, indices = _joined(self.worst, self.indices, new, chosen)
        order = np.lexsort((indices, -both.wrong))[:MOST]
        self.worst, self.indices = _taken(both, order), indices[order]


def _joined(
    known: Answer | None, indices: Array, new: Answer, chosen: Array
) -> tuple[Answer, Array]:
    """Answers and new ones, and which samples they are of."""
    if known is None:
        return new, chosen
    both = Answer(*(np.concatenate(pair) for pair in zip(known, new, strict=True)))
    return both, np.concatenate([indices, chosen])


def _taken(some: Answer, order: Array) -> Answer:
    """The answers at these places."""
    return Answer(*(it[order] for it in some))


def _worst_of_pairs(some: Answer, indices: Array) -> Array:
    """The places of at most `PER_PAIR` answers of each target and answer, worst first."""
    order = np.lexsort((indices, -some.wrong))
    pairs = np.stack([some.target[order, 0], some.answer[order, 0]], axis=1)
    _, codes, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    grouped = np.argsort(codes.reshape(-1), kind="stable")
    rank = np.empty(len(order), np.intp)
    rank[grouped] = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(order[rank < PER_PAIR])


def answers(experiment: Experiment, outputs: Array, targets: Array) -> Answer:
    """The answers that `outputs` (samples, ...) are, to `targets` (samples, ...)."""
    if not experiment.target.vocab_size:
        numbers, wanted = (it.reshape(len(it), -1) for it in (outputs, targets))
        distance = np.abs(numbers.astype(np.float64) - wanted).mean(axis=1)
        unsure = np.full(numbers.shape, np.nan, np.float32)
        return Answer(wanted, numbers, unsure, _defined(distance))
    found = Predictions(outputs, targets)
    scores = found.outputs.reshape(-1, found.outputs.shape[-1]).astype(np.float64)
    is_probability = experiment.nodes[-1].layer.gives_probabilities
    chances = (scores if is_probability else softmax(scores)).reshape(*found.rows.shape, -1)
    there = found.rows >= 0
    of_target = np.take_along_axis(chances, np.maximum(found.rows, 0)[..., None], -1)[..., 0]
    missing = np.where(there, 1 - of_target, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    right = ((found.answers == found.rows) | ~there).all(axis=1)
    wrong = np.where(right, -1.0, _defined(missing))
    return Answer(found.rows, found.answers, chances.max(axis=-1).astype(np.float32), wrong)


def _defined(wrong: Array) -> Array:
    """How wrong, with a number that can be sorted in place of NaN."""
    return np.where(np.isnan(wrong), UNDEFINED, wrong)
