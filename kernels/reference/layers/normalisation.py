"""Plain forms of normalisation layers, over the batch or over each sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats, Weights, whole_batch


@whole_batch
def batch_norm(fields: Any, x: Floats, w: Weights, name: str, batch: Any) -> Floats:
    """`weight` (x - mean) / sqrt(variance + epsilon) + bias, by channel over all samples."""
    rest = 0, *range(2, x.ndim)
    apart = x - x.mean(axis=rest, keepdims=True)
    normal = apart / np.sqrt((apart**2).mean(axis=rest, keepdims=True) + fields.epsilon)
    shape = -1, *[1] * (x.ndim - 2)
    y: Floats = normal * w["weight"].reshape(shape) + w["bias"].reshape(shape)
    return y


def layer_norm(fields: Any, x: Floats, w: Weights) -> Floats:
    """`weight` (x - mean) / sqrt(variance + epsilon) + bias, over all axes that the weight has."""
    axes = tuple(range(-w["weight"].ndim, 0))
    apart = x - x.mean(axes, keepdims=True)
    normal = apart / np.sqrt((apart**2).mean(axes, keepdims=True) + fields.epsilon)
    y: Floats = w["weight"] * normal + w["bias"]
    return y
