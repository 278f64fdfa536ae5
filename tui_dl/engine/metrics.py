"""Metrics beside the loss, over all samples of a split.

`labels` (m,) are target classes, `scores` (m, classes) the network's outputs for them, `predicted`
(m,) the class of the largest score, the first of equal ones, or NOTHING where a score is NaN. A
share of an empty set is 0.
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
    """The predicted class (...) for `outputs` (..., classes)."""
    undefined = np.isnan(outputs).any(axis=-1)
    return np.where(undefined, NOTHING, outputs.argmax(axis=-1))


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


def confusion(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes) how often the row's class was predicted as the column's."""
    return counts(labels, predicted, classes)[:, :classes]


def counts(labels: Labels, predicted: Labels, classes: int) -> Labels:
    """(classes, classes + 1) the confusion matrix, with a last column for NOTHING."""
    column = np.where(predicted == NOTHING, classes, predicted)
    pairs = labels.astype(np.int64) * (classes + 1) + column
    return np.bincount(pairs, minlength=classes * (classes + 1)).reshape(classes, classes + 1)


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


def roc_auc(is_positive: npt.NDArray[np.bool_], scores: Numbers) -> float:
    """Area under the ROC curve: how often a positive sample scores higher than a negative one.

    A tie counts half. Computed as the Mann-Whitney statistic from mean ranks (Hanley & McNeil
    1982). NaN where all samples are positive, or none, or a score is NaN.
    """
    _, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    positive = int(is_positive.sum())
    pairs = positive * (len(is_positive) - positive)
    above = ranks[is_positive].sum() - positive * (positive + 1) / 2
    return float(above / pairs) if pairs and not np.isnan(scores).any() else nan


def roc_auc_of_all(labels: Labels, scores: Numbers) -> float:
    """The mean of each class's ROC AUC against the others, over the classes that have one."""
    odds = log_odds(scores)
    areas = np.array([roc_auc(labels == c, odds[:, c]) for c in range(scores.shape[1])])
    return float(np.nanmean(areas)) if np.isfinite(areas).any() else nan


def log_odds(scores: Numbers) -> Doubles:
    """Log odds log p - log (1 - p) of each class, p being the softmax of a row of logits.

    Computed as z - log (sum of exp of the others), which keeps the order of scores where p rounds
    to 0 or 1.
    """
    z = scores.astype(np.float64)
    top, best = z.max(axis=1, keepdims=True), z.argmax(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):  # NaN stays; log 0 is replaced below
        powers = np.exp(z - top)
        total = np.sort(powers, axis=1).sum(
            axis=1, keepdims=True
        )  # sorted: independent of the classes' order
        odds = z - top - np.log(total - powers)
        alone = np.flatnonzero((z == top).sum(axis=1) == 1)  # rows with one largest score
        z[alone, best[alone]] = -inf
        others = z[alone]
        second = others.max(axis=1, keepdims=True)
        total = np.sort(np.exp(others - second), axis=1).sum(axis=1)
        odds[alone, best[alone]] = (top[alone] - second)[:, 0] - np.log(total)
    return np.asarray(odds)


def perplexity(labels: Labels, scores: Numbers) -> float:
    """Exp of the mean cross entropy; guessing among n classes has a perplexity of n."""
    z = scores.astype(np.float64)
    z -= z.max(axis=1, keepdims=True)
    own = np.take_along_axis(z, labels[:, None], axis=1)[:, 0]
    with np.errstate(over="ignore"):  # the result is infinite then
        return float(np.exp((np.log(np.exp(z).sum(axis=1)) - own).mean()))


def r2(targets: Numbers, outputs: Numbers) -> float:
    """1 - sum (t - y)^2 / sum (t - mean t)^2, sums over samples and outputs, means by output.

    NaN where all targets of each output are equal.
    """
    t = targets.reshape(len(targets), -1).astype(np.float64)
    residual = ((t - outputs.reshape(t.shape)) ** 2).sum()
    t -= t[0]  # so that equal targets have a variance of exactly 0
    variation = ((t - t.mean(axis=0)) ** 2).sum()
    return float(1 - residual / variation) if variation else nan


def exact_match(labels: Labels, predicted: Labels) -> float:
    """The share of rows (samples, places) with every label right; negative labels are ignored."""
    return float(((labels == predicted) | (labels < 0)).all(axis=1).mean())


def entities(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """(start, end, kind) of each entity in BIO tags such as ``B-name``; `end` is exclusive.

    An ``I-`` tag that continues no entity of its kind begins one, as in conlleval (Tjong Kim Sang &
    Buchholz 2000).
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
    """F1 over entities of all rows; one is right if its start, end and kind are."""
    correct = total = 0
    for target_row, row in zip(labels, predicted, strict=True):
        there = target_row >= 0
        target = entities([names[label] for label in target_row[there]])
        found = entities([names[c] if c != NOTHING else "O" for c in row[there]])
        correct += len(target & found)
        total += len(target) + len(found)
    return 2 * correct / total if total else 0.0


def softmax(scores: Numbers) -> Numbers:
    """Softmax of each row: exp(z) over its sum."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _predicted(matrix: Labels) -> Labels:
    """(classes,) how often each class was predicted."""
    return np.asarray(matrix.sum(axis=0)[: len(matrix)])


def _share(part: Labels, whole: Labels) -> Numbers:
    return np.asarray(part / np.maximum(whole, 1))


def measure(
    names: Sequence[str], outputs: Numbers, targets: Any, tags: Sequence[str] = ()
) -> Metrics:
    """Compute the metrics `names` of a split's outputs, (samples, ..., classes) for classes.

    Args:
        names: metrics, as in `train.metrics`.
        outputs: a single output for two classes is above 0 for the second.
        targets: int classes (samples, ...), negative where there is no target, or real numbers.
        tags: the classes' names, for entity_f1.
    """
    if targets.dtype.kind != "i":
        return {"r2": r2(targets, outputs)} if "r2" in names else {}
    if outputs.shape[-1] == 1:  # the softmax of 0 and z is the sigmoid of z
        outputs = np.concatenate([np.zeros_like(outputs), outputs], axis=-1)
    rows = targets.reshape(len(targets), -1)
    answers = answer(outputs).reshape(rows.shape)
    there = rows.reshape(-1) >= 0
    labels, predicted = rows.reshape(-1)[there], answers.reshape(-1)[there]
    scores = outputs.reshape(-1, outputs.shape[-1])[there]
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
