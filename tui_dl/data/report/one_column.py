"""How well one column predicts a target, measured by cross-validation.

The model is a histogram: training rows are put into bins of about `IN_BIN` rows by their value,
equal values always into one, and a bin predicts its largest class or its mean. It needs no shape of
the dependence and takes one sort.
"""

from __future__ import annotations

from math import inf

import numpy as np
import numpy.typing as npt

from tui_dl.data.report.column_numbers import Doubles
from tui_dl.data.sorted_numbers import counted_numbers

FOLDS = 5
COUNTED = 100_000  # bins times classes, up to which all are counted; more are sorted
IN_BIN = 5  # training rows: fewer take noise for knowledge

Integers = npt.NDArray[np.integer]


def class_skill(values: Doubles, labels: Integers, folds: Integers, least: float = -inf) -> float:
    """(accuracy - share of the largest class) / (1 - that share), over all folds.

    As soon as it cannot be `least` any more, the most that it can still be.
    """
    classes = int(labels.max()) + 1
    not_largest = len(labels) - int(np.bincount(labels).max())
    wrong = 0
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        bins, tested = _bins(values[train], values[test])
        largest = _largest_classes(bins, labels[train], classes)
        wrong += int((largest[tested] != labels[test]).sum())
        if 1 - wrong / not_largest < least:
            break
    return 1 - wrong / not_largest


def _largest_classes(bins: Integers, labels: Integers, classes: int) -> Integers:
    """(bins,) the class that most rows of each bin have, the last of several."""
    pairs, count = bins * classes + labels, int(bins.max()) + 1
    if count * classes <= COUNTED:
        table = np.bincount(pairs, minlength=count * classes).reshape(count, classes)
        last: Integers = classes - 1 - table[:, ::-1].argmax(axis=1)
        return last
    found, counts = np.unique(pairs, return_counts=True)
    rising = np.argsort(counts, kind="stable")
    largest = np.zeros(count, np.int64)
    largest[found[rising] // classes] = found[rising] % classes
    return largest


def number_skill(values: Doubles, answers: Doubles, folds: Integers, least: float = -inf) -> float:
    """R2, the share of the answers' variance that is predicted, over all folds.

    As soon as it cannot be `least` any more, the most that it can still be.
    """
    variance = float(((answers - answers.mean()) ** 2).sum())
    error = 0.0
    for fold in range(FOLDS):
        train, test = folds != fold, folds == fold
        bins, tested = _bins(values[train], values[test])
        means = np.bincount(bins, answers[train]) / np.bincount(bins)
        error += float(((means[tested] - answers[test]) ** 2).sum())
        if 1 - error / variance < least:
            break
    return 1 - error / variance


def ranks(values: Doubles) -> Doubles:
    """The place of each value among all, equal ones in the middle of theirs: no outlier counts."""
    ordered = np.sort(values)
    places = np.searchsorted(ordered, values) + np.searchsorted(ordered, values, "right")
    return places / 2


def _bins(train: Doubles, test: Doubles) -> tuple[Integers, Integers]:
    """The bin of each training row and of each test row, numbered from 0 without gaps.

    A value that has rows enough of its own, such as a missing one, shares its bin with no other.
    """
    different, counts = counted_numbers(train)
    is_many = counts >= IN_BIN
    places = (np.cumsum(counts) - counts) // IN_BIN
    ends = (places[1:] != places[:-1]) | is_many[1:] | is_many[:-1]
    least = different[np.concatenate([[True], ends])]  # of each bin
    bins, tested = (np.searchsorted(least, it, "right") - 1 for it in (train, test))
    return bins, np.maximum(tested, 0)
