"""Plain forms of losses that compare every output with its own target."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats


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
