"""The confusion matrix of the validation samples, or the commonest confusions of many classes."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.confusions import Confusions
from tui_dl.engine.observers.shown import class_name, labels
from tui_dl.spec.experiment import Experiment

MOST = 90  # classes of a matrix
PAIRS = 60  # of classes, where they are more


class Confusion(Observer):
    """``matrix`` (classes, classes): how often the row's class was answered as the column's.

    Of more than `MOST` classes there are the commonest confusions: ``pairs`` (pairs, 2) target and
    answer, ``counts`` (pairs,), ``of`` (pairs,) how many samples the target's class has, and
    ``right`` (2,) how many of how many answers are right. The names of the pairs are the labels
    ``target`` and ``answer``.
    """

    needs_answers = True

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and experiment.target.vocab_size >= 2

    def observe(self, context: Context) -> Seen | None:
        if context.answers is None:
            return None
        confusions, experiment = context.answers.confusions, context.experiment
        if experiment.target.vocab_size > MOST:
            return _pairs(confusions, context)
        matrix = confusions.matrix.astype(np.int32)
        return Seen({"matrix": matrix}, {"split": [context.split], **labels(experiment)})


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
