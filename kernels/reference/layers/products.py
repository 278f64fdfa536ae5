"""Plain forms of layers that multiply by weights: dense and convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats, Weights


def dense(fields: Any, x: Floats, w: Weights) -> Floats:
    """W x + b, for every row of x."""
    y: Floats = x @ w["weight"].T + w.get("bias", 0)
    return y


def conv1d(fields: Any, x: Floats, w: Weights) -> Floats:
    """b[f] + sum over c, i of W[f, c, i] x[s t + i, c], x zero-padded in time."""
    n, s = fields.kernel, fields.stride
    x = np.pad(x, (fields.margins, (0, 0)))
    steps = (len(x) - n) // s + 1
    windows = np.stack([x[s * t : s * t + n].T for t in range(steps)])
    y: Floats = np.einsum("fci,tci->tf", w["weight"], windows) + w.get("bias", 0)
    return y


def conv2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """b[f] + sum over c, i, j of W[f, c, i, j] x[c, s r + i, s q + j], x zero-padded."""
    n, s = fields.kernel, fields.stride
    weight = w["weight"] if fields.fixed is None else _fixed(fields.fixed)
    x = np.pad(x, ((0, 0), fields.margins, fields.margins))
    rows, columns = ((side - n) // s + 1 for side in x.shape[1:])
    y = np.empty((len(weight), rows, columns), x.dtype)
    for r in range(rows):
        for q in range(columns):
            window = x[:, s * r : s * r + n, s * q : s * q + n]
            y[:, r, q] = (weight * window).sum(axis=(1, 2, 3)) + w.get("bias", 0)
    return y


def _fixed(name: str) -> Floats:
    """The fixed 3 x 3 filter of this name, (1, 1, 3, 3): it is the same for every channel."""
    if name == "laplace":
        return np.array([[[[0, 1, 0], [1, -4, 1], [0, 1, 0]]]], float)
    sobel_x = np.outer([1.0, 2, 1], [-1.0, 0, 1])
    return (sobel_x if name == "sobel_x" else sobel_x.T)[None, None]
