"""Plain forms of the losses: of one set of logits, or of every output by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats


def cross_entropy(fields: Any, z: Floats, label: int) -> float:
    """-sum over c of q[c] log p[c]; q = weights ((1 - s) one-hot + s / classes), p = softmax(z)."""
    shifted = z - z.max()
    p = np.exp(shifted) / np.exp(shifted).sum()
    one_hot = np.arange(len(z)) == label
    q = (1 - fields.label_smoothing) * one_hot + fields.label_smoothing / len(z)
    return float(-(q * (fields.class_weights or 1) * np.log(p)).sum())


def policy_gradient(fields: Any, z: Floats, action: int, advantage: float) -> float:
    """-advantage log softmax(z)[action]."""
    return float(-advantage * (z[action] - np.log(np.exp(z).sum())))


def binary_cross_entropy(fields: Any, z: Floats, t: Floats) -> Floats:
    """-t log p - (1 - t) log (1 - p), p = sigmoid(z)."""
    p = 1 / (1 + np.exp(-z))
    return -t * np.log(p) - (1 - t) * np.log(1 - p)


def mean_squared_error(fields: Any, y: Floats, t: Floats) -> Floats:
    """(y - t)^2."""
    return (y - t) ** 2


def mean_absolute_error(fields: Any, y: Floats, t: Floats) -> Floats:
    """|y - t|."""
    return np.abs(y - t)


def huber(fields: Any, y: Floats, t: Floats) -> Floats:
    """e^2 / 2 for small errors, delta (|e| - delta / 2) for large ones."""
    size = np.abs(y - t)
    return np.where(size <= fields.delta, size**2 / 2, fields.delta * (size - fields.delta / 2))
