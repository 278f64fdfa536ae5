"""Plain forms of activation functions."""

from __future__ import annotations

from math import erf, sqrt
from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats, Weights


def relu(fields: Any, x: Floats, w: Weights) -> Floats:
    """max(x, 0)."""
    return np.maximum(x, 0)


def leaky_relu(fields: Any, x: Floats, w: Weights) -> Floats:
    """X where x > 0, else slope * x."""
    return np.where(x > 0, x, fields.slope * x)


def gelu(fields: Any, x: Floats, w: Weights) -> Floats:
    """X P(x), where P is the cumulative normal distribution."""
    y: Floats = x * (1 + np.vectorize(erf)(x / sqrt(2))) / 2
    return y


def sigmoid(fields: Any, x: Floats, w: Weights) -> Floats:
    """1 / (1 + exp(-x))."""
    y: Floats = 1 / (1 + np.exp(-x))
    return y


def tanh(fields: Any, x: Floats, w: Weights) -> Floats:
    """The hyperbolic tangent."""
    return np.tanh(x)


def softmax(fields: Any, x: Floats, w: Weights) -> Floats:
    """exp(x) / sum of exp(x) over the last axis."""
    y: Floats = np.exp(x - x.max(axis=-1, keepdims=True))
    y /= y.sum(axis=-1, keepdims=True)
    return y
