"""Plain forms of layers that pool or repeat values: max and mean pooling, upsampling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats, Weights


def max_pool2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """The maximum of each window."""
    return _of_windows(np.max, fields, x)


def avg_pool2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """The mean of each window."""
    return _of_windows(np.mean, fields, x)


def _of_windows(reduce: Callable[..., Floats], fields: Any, x: Floats) -> Floats:
    """A function of each window of x (channels, height, width), channel by channel."""
    n, s = fields.size, fields.step
    rows, columns = ((side - n) // s + 1 for side in x.shape[1:])
    y = np.empty((len(x), rows, columns), x.dtype)
    for r in range(rows):
        for q in range(columns):
            y[:, r, q] = reduce(x[:, s * r : s * r + n, s * q : s * q + n], axis=(1, 2))
    return y


def global_avg_pool(fields: Any, x: Floats, w: Weights) -> Floats:
    """The mean of each channel of an image, or over the time of a sequence."""
    y: Floats = x.mean(axis=(1, 2) if x.ndim == 3 else 0)
    return y


def upsample2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """Every value repeated factor x factor times."""
    return x.repeat(fields.factor, axis=1).repeat(fields.factor, axis=2)
