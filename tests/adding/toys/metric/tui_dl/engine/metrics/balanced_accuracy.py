"""Accuracy in which every class counts alike, however rare it is."""

from __future__ import annotations

from tui_dl.engine.metrics.confusion import recall
from tui_dl.engine.metrics.predictions import Labels, Measure


def balanced_accuracy(matrix: Labels) -> float:
    """The mean recall of the classes that have a label; from `confusion` or `counts`."""
    return float(recall(matrix)[matrix.sum(axis=1) > 0].mean())


MEASURES: dict[str, Measure] = {
    "balanced_accuracy": lambda it: balanced_accuracy(it.matrix),
}
