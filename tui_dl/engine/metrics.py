"""Metrics: what a network's outputs are worth beside the loss, over all samples of a split.

`labels` are the classes wanted at m places, `predicted` those the network names, `scores` its
outputs there, (m, classes): it names the first of the largest, and none, NOTHING, where one is NaN.
A share of nothing is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, nan
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.protocol.events import Metrics

Numbers = npt.NDArray[np.floating[Any]]
Labels = npt.NDArray[np.integer[Any]]
Doubles = npt.NDArray[np.float64]

NOTHING = -1


def answer(outputs: Numbers) -> Labels:
    """What the network names at each place of `outputs` (..., classes)."""
    broken = np.isnan(outputs).any(axis=-1)
    return np.where(broken, NOTHING, outputs.argmax(axis=-1))


def accuracy(labels: Labels, predicted: Labels) -> float:
    """The share of places where `predicted` is the label."""
    return float((labels == predicted).mean())


def top_k(labels: Labels, scores: Numbers, k: int) -> float:
    """The share of places where fewer than `k` classes come before the label: by score, then order.

    So it is accuracy for k = 1, and never less for more.
    """
    own = np.take_along_axis(scores, labels[:, None], axis=1)
    first = np.arange(scores.shape[1]) < labels[:, None]
    before = (scores > own) | ((scores == own) & first)
    sound = ~np.isnan(scores).any(axis=1)
    return float(((before.sum(axis=1) < k) & sound).mean())


def confusion(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes) how often the row's class was called the column's."""
    return counts(labels, predicted, classes)[:, :classes]


def counts(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes + 1) the confusion matrix, and how often each class was called nothing."""
    column = np.where(predicted == NOTHING, classes, predicted)
    pairs = labels.astype(np.int64) * (classes + 1) + column
    return np.bincount(pairs, minlength=classes * (classes + 1)).reshape(classes, classes + 1)


def precision(matrix: Labels) -> Numbers:
    """Of each class: how many of those called so are so, from `confusion` or `counts`."""
    return _share(np.diag(matrix), _called(matrix))


def recall(matrix: Labels) -> Numbers:
    """Of each class: how many of those that are so are called so."""
    return _share(np.diag(matrix), matrix.sum(axis=1))


def f1(matrix: Labels) -> Numbers:
    """Of each class: 2 p r / (p + r), the harmonic mean of precision p and recall r."""
    return _share(2 * np.diag(matrix), _called(matrix) + matrix.sum(axis=1))


def macro(by_class: Numbers, matrix: Labels) -> float:
    """The mean over the classes that are wanted or named anywhere."""
    return float(by_class[(_called(matrix) + matrix.sum(axis=1)) > 0].mean())


def roc_auc(right: npt.NDArray[np.bool_], scores: Numbers) -> float:
    """The chance that a sample that is `right` has a higher score than one that is not.

    A tie counts half: the Mann-Whitney statistic from mean ranks (Hanley & McNeil 1982), which is
    the area under the ROC curve. NaN where all samples are right, or none, or a score is NaN.
    """
    _, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    positive = int(right.sum())
    pairs = positive * (len(right) - positive)
    above = ranks[right].sum() - positive * (positive + 1) / 2
    return float(above / pairs) if pairs and not np.isnan(scores).any() else nan


def roc_auc_of_all(labels: Labels, scores: Numbers) -> float:
    """The mean of each class's area against the rest, over the classes that have one."""
    odds = log_odds(scores)
    areas = np.array([roc_auc(labels == c, odds[:, c]) for c in range(scores.shape[1])])
    return float(np.nanmean(areas)) if np.isfinite(areas).any() else nan


def log_odds(scores: Numbers) -> Doubles:
    """Log p - log (1 - p), by row, p being the softmax of logits, and so in the same order.

    That is z - log (sum of exp of the others), which goes on where p is 1 or 0 but for rounding.
    """
    z = scores.astype(np.float64)
    top, best = z.max(axis=1, keepdims=True), z.argmax(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):  # NaN stays; 0 is put right below
        powers = np.exp(z - top)
        total = np.sort(powers, axis=1).sum(axis=1, keepdims=True)  # whatever the classes' order
        odds = z - top - np.log(total - powers)
        alone = np.flatnonzero((z == top).sum(axis=1) == 1)  # a best class, before a second one
        z[alone, best[alone]] = -inf
        others = z[alone]
        second = others.max(axis=1, keepdims=True)
        total = np.sort(np.exp(others - second), axis=1).sum(axis=1)
        odds[alone, best[alone]] = (top[alone] - second)[:, 0] - np.log(total)
    return np.asarray(odds)


def perplexity(labels: Labels, scores: Numbers) -> float:
    """E to the mean cross entropy, scores being logits: among so many it is as if one guessed."""
    z = scores.astype(np.float64)
    z -= z.max(axis=1, keepdims=True)
    own = np.take_along_axis(z, labels[:, None], axis=1)[:, 0]
    with np.errstate(over="ignore"):  # it is infinite then
        return float(np.exp((np.log(np.exp(z).sum(axis=1)) - own).mean()))


def r2(targets: Numbers, outputs: Numbers) -> float:
    """1 - sum (t - y)^2 / sum (t - mean t)^2, sums over samples and outputs, means by output.

    NaN where the targets do not differ.
    """
    t = targets.reshape(len(targets), -1).astype(np.float64)
    rest = ((t - outputs.reshape(t.shape)) ** 2).sum()
    t -= t[0]  # so that the mean of equal ones is theirs, not a rounding away
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
        found = entities([names[c] if c != NOTHING else "O" for c in row[there]])
        hits += len(wanted & found)
        total += len(wanted) + len(found)
    return 2 * hits / total if total else 0.0


def softmax(scores: Numbers) -> Numbers:
    """Exp(z) over its sum, by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _called(matrix: Labels) -> Labels:
    """How often each class was named."""
    return np.asarray(matrix.sum(axis=0)[: len(matrix)])


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
    answers = answer(outputs).reshape(rows.shape)
    wanted = rows.reshape(-1) >= 0
    labels, predicted = rows.reshape(-1)[wanted], answers.reshape(-1)[wanted]
    scores = outputs.reshape(-1, outputs.shape[-1])[wanted]
    if not len(labels):
        return {}
    matrix = counts(labels, predicted, scores.shape[1])
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
        "confusion": lambda: matrix[:, :-1].tolist(),
        "roc_auc": lambda: roc_auc_of_all(labels, scores),
        "perplexity": lambda: perplexity(labels, scores),
        "exact_match": lambda: exact_match(rows, answers),
        "entity_f1": lambda: entity_f1(rows, answers, tags),
    }
    return {name: known[name]() for name in names}
