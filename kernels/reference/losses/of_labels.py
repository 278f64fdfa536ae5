"""Plain forms of losses of one set of logits and its label."""

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
