"""The area under the ROC curve."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import numpy.typing as npt

from tui_dl.engine.metrics.predictions import Doubles, Labels, Measure, Numbers


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


MEASURES: dict[str, Measure] = {
    "roc_auc": lambda it: roc_auc_of_all(it.labels, it.scores),
}
