"""The confusion matrix, and precision, recall and F1 of its classes.

A share of an empty set is 0.
"""

from __future__ import annotations

import numpy as np

from tui_dl.engine.metrics.predictions import Labels, Measure, Numbers, counts


def confusion(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes) how often the row's class was predicted as the column's."""
    return counts(labels, predicted, classes)[:, :classes]


def precision(matrix: Labels) -> Numbers:
    """(classes,) share of a class's predictions that are right; from `confusion` or `counts`."""
    return _share(np.diag(matrix), _predicted(matrix))


def recall(matrix: Labels) -> Numbers:
    """(classes,) share of a class's labels that are predicted; from `confusion` or `counts`."""
    return _share(np.diag(matrix), matrix.sum(axis=1))


def f1(matrix: Labels) -> Numbers:
    """(classes,) 2 p r / (p + r), the harmonic mean of precision p and recall r."""
    return _share(2 * np.diag(matrix), _predicted(matrix) + matrix.sum(axis=1))


def macro(by_class: Numbers, matrix: Labels) -> float:
    """The mean over the classes that are a label or a prediction anywhere."""
    return float(by_class[(_predicted(matrix) + matrix.sum(axis=1)) > 0].mean())


def _predicted(matrix: Labels) -> Labels:
    """(classes,) how often each class was predicted."""
    return np.asarray(matrix.sum(axis=0)[: len(matrix)])


def _share(part: Labels, whole: Labels) -> Numbers:
    return np.asarray(part / np.maximum(whole, 1))


MEASURES: dict[str, Measure] = {
    "precision": lambda it: macro(precision(it.matrix), it.matrix),
    "recall": lambda it: macro(recall(it.matrix), it.matrix),
    "f1": lambda it: macro(f1(it.matrix), it.matrix),
    "precision_by_class": lambda it: precision(it.matrix).tolist(),
    "recall_by_class": lambda it: recall(it.matrix).tolist(),
    "f1_by_class": lambda it: f1(it.matrix).tolist(),
    "confusion": lambda it: it.matrix[:, :-1].tolist(),
}
