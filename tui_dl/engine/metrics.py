"""Metrics: what a network's outputs are worth beside the loss, over all samples of a split.

`labels` are the classes wanted at m places, `predicted` those the network names, `scores` its
outputs there, (m, classes), whose largest is its answer. A share of nothing is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import nan
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.events import Metrics

Numbers = npt.NDArray[np.floating[Any]]
Labels = npt.NDArray[np.integer[Any]]


def accuracy(labels: Labels, predicted: Labels) -> float:
    """The share of places where `predicted` is the label."""
    return float((labels == predicted).mean())


def top_k(labels: Labels, scores: Numbers, k: int) -> float:
    """The share of places whose label has one of the `k` largest scores; ties count against it."""
    own = np.take_along_axis(scores, labels[:, None], axis=1)
    others = (scores >= own).sum(axis=1) - 1
    return float((others < k).mean())


def confusion(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes) how often the row's class was called the column's."""
    pairs = labels.astype(np.int64) * classes + predicted
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def precision(matrix: Labels) -> Numbers:
    """Of each class: how many of those called so are so, from the confusion matrix."""
    return _share(np.diag(matrix), matrix.sum(axis=0))


def recall(matrix: Labels) -> Numbers:
    """Of each class: how many of those that are so are called so."""
    return _share(np.diag(matrix), matrix.sum(axis=1))


def f1(matrix: Labels) -> Numbers:
    """Of each class: 2 p r / (p + r), the harmonic mean of precision p and recall r."""
    return _share(2 * np.diag(matrix), matrix.sum(axis=0) + matrix.sum(axis=1))


def macro(by_class: Numbers, matrix: Labels) -> float:
    """The mean over the classes that are wanted or named anywhere."""
    return float(by_class[(matrix.sum(axis=0) + matrix.sum(axis=1)) > 0].mean())


def roc_auc(right: npt.NDArray[np.bool_], scores: Numbers) -> float:
    """The chance that a sample that is `right` has a higher score than one that is not.

    A tie counts half: the Mann-Whitney statistic from mean ranks (Hanley & McNeil 1982), which is
    the area under the ROC curve. NaN where all samples are right, or none.
    """
    _, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    positive = int(right.sum())
    pairs = positive * (len(right) - positive)
    above = ranks[right].sum() - positive * (positive + 1) / 2
    return float(above / pairs) if pairs else nan


def roc_auc_of_all(labels: Labels, scores: Numbers) -> float:
    """The mean of each class's area against the rest, over the classes that have one."""
    chances = softmax(scores)
    areas = [roc_auc(labels == c, chances[:, c]) for c in range(scores.shape[1])]
    return float(np.nanmean(areas)) if np.isfinite(areas).any() else nan


def perplexity(labels: Labels, scores: Numbers) -> float:
    """E to the mean cross entropy, scores being logits: among so many it is as if one guessed."""
    own = np.take_along_axis(scores, labels[:, None], axis=1)[:, 0].astype(np.float64)
    top = scores.max(axis=1)
    log_sum = np.log(np.exp((scores - top[:, None]).astype(np.float64)).sum(axis=1)) + top
    with np.errstate(over="ignore"):
        return float(np.exp((log_sum - own).mean()))


def r2(targets: Numbers, outputs: Numbers) -> float:
    """1 - sum (t - y)^2 / sum (t - mean t)^2, sums over samples and outputs, means by output.

    NaN where the targets do not differ.
    """
    t = targets.reshape(len(targets), -1).astype(np.float64)
    rest = ((t - outputs.reshape(t.shape)) ** 2).sum()
    whole = ((t - t.mean(axis=0)) ** 2).sum()
    return float(1 - rest / whole) if whole else nan


def exact_match(labels: Labels, predicted: Labels) -> float:
    """The share of rows, (samples, places), that are right wherever something is wanted."""
    return float(((labels == predicted) | (labels < 0)).all(axis=1).mean())


def entities(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """First place, place behind the last, and kind of each entity in BIO tags such as ``B-name``.

    An ``I-`` that goes on with no entity of its kind begins one, as conlleval has it (Tjong Kim
    Sang & Buchholz 2000).
    """
    found = set()
    first, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        letter, _, new = tag.partition("-")
        if kind and (letter != "I" or new != kind):
            found.add((first, place, kind))
            kind = ""
        if letter in "BI" and not kind:
            first, kind = place, new
    return found


def entity_f1(labels: Labels, predicted: Labels, names: Sequence[str]) -> float:
    """F1 over entities: found ones are right if both ends and the kind are; rows are sequences."""
    hits = total = 0
    for wanted_row, row in zip(labels, predicted, strict=True):
        there = wanted_row >= 0
        wanted = entities([names[label] for label in wanted_row[there]])
        found = entities([names[label] for label in row[there]])
        hits += len(wanted & found)
        total += len(wanted) + len(found)
    return 2 * hits / total if total else 0.0


def softmax(scores: Numbers) -> Numbers:
    """Exp(z) over its sum, by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _share(part: Labels, whole: Labels) -> Numbers:
    return np.asarray(part / np.maximum(whole, 1))


def measure(
    names: Sequence[str], outputs: Numbers, targets: Any, tags: Sequence[str] = ()
) -> Metrics:
    """The metrics called `names` of a split's outputs, (samples, ..., classes) where there are any.

    Args:
        names: as in an experiment.
        outputs: one output may tell of two classes; it is above 0 for the second.
        targets: int classes (samples, ...), negative where nothing is wanted, or real numbers.
        tags: the classes' names, for entity_f1.
    """
    if targets.dtype.kind != "i":
        return {"r2": r2(targets, outputs)} if "r2" in names else {}
    if outputs.shape[-1] == 1:  # the softmax of 0 and z is the sigmoid of z
        outputs = np.concatenate([np.zeros_like(outputs), outputs], axis=-1)
    rows = targets.reshape(len(targets), -1)
    answers = outputs.argmax(axis=-1).reshape(rows.shape)
    wanted = rows.reshape(-1) >= 0
    labels, predicted = rows.reshape(-1)[wanted], answers.reshape(-1)[wanted]
    scores = outputs.reshape(-1, outputs.shape[-1])[wanted]
    if not len(labels):
        return {}
    matrix = confusion(labels, predicted, scores.shape[1])
    known: dict[str, Callable[[], float | list[Any]]] = {
        "accuracy": lambda: accuracy(labels, predicted),
        "top_3": lambda: top_k(labels, scores, 3),
        "top_5": lambda: top_k(labels, scores, 5),
        "precision": lambda: macro(precision(matrix), matrix),
        "recall": lambda: macro(recall(matrix), matrix),
        "f1": lambda: macro(f1(matrix), matrix),
        "precision_by_class": lambda: precision(matrix).tolist(),
        "recall_by_class": lambda: recall(matrix).tolist(),
        "f1_by_class": lambda: f1(matrix).tolist(),
        "confusion": lambda: matrix.tolist(),
        "roc_auc": lambda: roc_auc_of_all(labels, scores),
        "perplexity": lambda: perplexity(labels, scores),
        "exact_match": lambda: exact_match(rows, answers),
        "entity_f1": lambda: entity_f1(rows, answers, tags),
    }
    return {name: known[name]() for name in names}
