"""How many labels are predicted."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.metrics.predictions import Labels, Measure, Numbers


def accuracy(labels: Labels, predicted: Labels) -> float:
    """The share of labels that are predicted."""
    return float((labels == predicted).mean())


def top_k(labels: Labels, scores: Numbers, k: int) -> float:
    """The share of labels that are among the `k` classes with the highest scores.

    Of equal scores the lower class comes first, so top_k of 1 is accuracy.
    """
    own = np.take_along_axis(scores, labels[:, None], axis=1)
    first = np.arange(scores.shape[1]) < labels[:, None]
    before = (scores > own) | ((scores == own) & first)
    defined = ~np.isnan(scores).any(axis=1)
    return float(((before.sum(axis=1) < k) & defined).mean())


def exact_match(labels: Labels, predicted: Labels) -> float:
    """The share of rows (samples, places) with every label right; negative labels are ignored."""
    return float(((labels == predicted) | (labels < 0)).all(axis=1).mean())


MEASURES: dict[str, Measure] = {
    "accuracy": lambda it: accuracy(it.labels, it.predicted),
    "top_3": lambda it: top_k(it.labels, it.scores, 3),
    "top_5": lambda it: top_k(it.labels, it.scores, 5),
    "exact_match": lambda it: exact_match(it.rows, it.answers),
}
