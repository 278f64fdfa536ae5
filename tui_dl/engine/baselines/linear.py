"""Linear models: softmax regression for classes, least squares for numbers.

Both minimise the mean loss plus |W|^2 / (2 samples), which has one minimum even where classes can
be separated or columns depend on each other: scikit-learn's LogisticRegression and Ridge with their
default penalty. The bias is not penalised.

Products are einsum's, which adds in a fixed order. Those of BLAS depend on its number of threads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tui_dl.engine.baselines.lbfgs import Doubles, minimise

TOLERANCE = 1e-4  # of the gradient of the mean loss, by weight
PRODUCTS = 500_000_000  # of one pass each way, about a second's
LEAST, MOST = 40, 300  # evaluations of the loss


def fit(x: Doubles, targets: Any, classes: int) -> Callable[[Doubles], Doubles]:
    """The linear model (rows, features) -> (rows, outputs) with the lowest penalised loss.

    Args:
        x: (samples, features).
        targets: int classes (samples,), negative ones left out, or numbers (samples, outputs).
        classes: how many classes there are; 0 for numbers.
    """
    if classes:
        there = targets.reshape(-1) >= 0
        x, labels = (x, targets.reshape(-1)) if there.all() else (x[there], targets[there])
        loss, outputs = _cross_entropy(labels), classes
    else:
        numbers = targets.reshape(len(x), -1).astype(np.float64)
        loss, outputs = _squares(numbers), numbers.shape[1]
    weights = (outputs, x.shape[1])

    def penalised(point: Doubles) -> tuple[float, Doubles]:
        w, b = _parts(point, weights)
        value, dz = loss(scores(x, w, b))
        dw = (np.einsum("nk,nd->kd", dz, x) + w) / len(x)
        penalty = float((w * w).sum()) / 2
        return (value + penalty) / len(x), np.concatenate([dw.reshape(-1), dz.mean(axis=0)])

    start = np.zeros(outputs * (x.shape[1] + 1))
    evaluations = min(max(PRODUCTS // max(outputs * x.size, 1), LEAST), MOST)
    w, b = _parts(minimise(penalised, start, TOLERANCE, evaluations), weights)
    return lambda rows: scores(rows, w, b)


def scores(x: Doubles, w: Doubles, b: Doubles) -> Doubles:
    """(samples, outputs) x W^T + b."""
    return np.asarray(np.einsum("nd,kd->nk", x, w) + b)


def _parts(point: Doubles, weights: tuple[int, int]) -> tuple[Doubles, Doubles]:
    """The weights (outputs, features) and biases (outputs,) of a flat array."""
    size = weights[0] * weights[1]
    return point[:size].reshape(weights), point[size:]


Loss = Callable[[Doubles], tuple[float, Doubles]]  # the sum over samples, and its gradient


def _cross_entropy(labels: Any) -> Loss:
    """-log softmax(z)[label]."""
    rows = np.arange(len(labels))

    def loss(z: Doubles) -> tuple[float, Doubles]:
        z = z - z.max(axis=1, keepdims=True)
        powers = np.exp(z)
        total = powers.sum(axis=1, keepdims=True)
        dz = powers / total
        dz[rows, labels] -= 1
        return float((np.log(total[:, 0]) - z[rows, labels]).sum()), dz

    return loss


def _squares(targets: Doubles) -> Loss:
    """(z - t)^2 / 2."""

    def loss(z: Doubles) -> tuple[float, Doubles]:
        error = z - targets
        return float((error * error).sum()) / 2, error

    return loss
