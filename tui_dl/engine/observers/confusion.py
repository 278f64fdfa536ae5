"""The confusion matrix of the validation samples, or the commonest confusions of many classes."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers import shown
from tui_dl.engine.observers.answers import Answer, Answers
from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.confusions import Confusions
from tui_dl.engine.observers.shown import class_name, labels
from tui_dl.spec.experiment import Experiment

MOST = 90  # classes of a matrix
PAIRS = 60  # of classes, where they are more
SAMPLES, PICTURES = 60, 20_000  # at most, and the bytes of their pictures


class Confusion(Observer):
    """``matrix`` (classes, classes): how often the row's class was answered as the column's.

    Of more than `MOST` classes there are the commonest confusions: ``pairs`` (pairs, 2) target and
    answer, ``counts`` (pairs,), ``of`` (pairs,) how many samples the target's class has, and
    ``right`` (2,) how many of how many answers are right. The names of the pairs are the labels
    ``target`` and ``answer``.

    Of both there are samples, as `shown.samples` has them, of the commonest confusions first:
    ``index`` (samples,) are their numbers. Without a mistake, or where a sample has several
    targets, there are none.
    """

    needs_answers = True

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and experiment.target.vocab_size >= 2

    def observe(self, context: Context) -> Seen | None:
        if context.answers is None:
            return None
        confusions, experiment = context.answers.confusions, context.experiment
        if experiment.target.vocab_size > MOST:
            found = _pairs(confusions, context)
        else:
            matrix = confusions.matrix.astype(np.int32)
            found = Seen({"matrix": matrix}, {"split": [context.split], **labels(experiment)})
        samples = _samples(context.answers, context)
        return Seen(samples.arrays | found.arrays, samples.labels | found.labels)


def _samples(given: Answers, context: Context) -> Seen:
    """The worst sample of each confusion, the commonest first, then the second worst, and so on."""
    if given.confused is None:
        return Seen({})
    pairs = np.stack([given.confused.target[:, 0], given.confused.answer[:, 0]], axis=1)
    names, codes = np.unique(pairs, axis=0, return_inverse=True)
    totals = np.array([given.confusions.count(*it) for it in names.tolist()])
    codes = codes.reshape(-1)
    turn = np.array([np.count_nonzero(codes[:at] == it) for at, it in enumerate(codes.tolist())])
    order = np.lexsort((-totals[codes], turn))[:SAMPLES]
    samples = shown.samples(
        context, context.answered.take(given.confused_indices[order]), SAMPLES, PICTURES
    )
    order = order[: samples.number]
    answers = shown.given(context, Answer(*(it[order] for it in given.confused)), samples.number)
    index = {"index": given.confused_indices[order]}
    return Seen(samples.arrays | answers | index, samples.labels)


def _pairs(confusions: Confusions, context: Context) -> Seen:
    """The commonest confusions, with their names."""
    pairs, totals = confusions.commonest(PAIRS), confusions.totals
    arrays = {
        "pairs": np.stack([pairs.target, pairs.answer], axis=1),
        "counts": pairs.counts,
        "of": totals[pairs.target],
        "right": np.array([confusions.right, totals.sum()]),
    }
    names = {
        name: [class_name(context.experiment, it) for it in classes.tolist()]
        for name, classes in (("target", pairs.target), ("answer", pairs.answer))
    }
    return Seen(arrays, {"split": [context.split], **names})
