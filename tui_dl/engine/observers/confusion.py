"""The confusion matrix of the validation samples."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.observers.base import Context, Observer, Seen, learns_from_samples
from tui_dl.engine.observers.shown import labels
from tui_dl.spec.experiment import Experiment

MOST = 90  # classes


class Confusion(Observer):
    """``matrix`` (classes, classes): how often the row's class was answered as the column's."""

    needs_answers = True

    def wants(self, experiment: Experiment) -> bool:
        return learns_from_samples(experiment) and 2 <= experiment.target.vocab_size <= MOST

    def observe(self, context: Context) -> Seen | None:
        if context.answers is None:
            return None
        matrix = context.answers.matrix.astype(np.int32)
        return Seen({"matrix": matrix}, labels(context.experiment))
