"""The plain form of every layer, in numpy, one sample after another: what the kernels must equal.

Each function takes one sample and the layer's weights by name, and gives one output; `fields` are
the layer's in an experiment. Nothing is fast here, everything is meant to be read.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Weights = dict[str, Floats]


def dense(fields: Any, x: Floats, w: Weights) -> Floats:
    """W x + b."""
    y: Floats = w["weight"] @ x + w.get("bias", 0)
    return y


def conv2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """b[f] + sum over c, i, j of W[f, c, i, j] x[c, s r + i, s q + j], x zero-padded."""
    n, s, p = fields.kernel, fields.stride, fields.padding
    x = np.pad(x, ((0, 0), (p, p), (p, p)))
    rows, columns = ((side - n) // s + 1 for side in x.shape[1:])
    y = np.empty((len(w["weight"]), rows, columns), x.dtype)
    for r in range(rows):
        for q in range(columns):
            window = x[:, s * r : s * r + n, s * q : s * q + n]
            y[:, r, q] = (w["weight"] * window).sum(axis=(1, 2, 3)) + w.get("bias", 0)
    return y


def max_pool2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """The largest of each window."""
    n, s = fields.size, fields.step
    rows, columns = ((side - n) // s + 1 for side in x.shape[1:])
    y = np.empty((len(x), rows, columns), x.dtype)
    for r in range(rows):
        for q in range(columns):
            y[:, r, q] = x[:, s * r : s * r + n, s * q : s * q + n].max(axis=(1, 2))
    return y


def flatten(fields: Any, x: Floats, w: Weights) -> Floats:
    """The same numbers in one row."""
    return x.reshape(-1)


def relu(fields: Any, x: Floats, w: Weights) -> Floats:
    """max(x, 0)."""
    return np.maximum(x, 0)


def sigmoid(fields: Any, x: Floats, w: Weights) -> Floats:
    """1 / (1 + exp(-x))."""
    y: Floats = 1 / (1 + np.exp(-x))
    return y


def tanh(fields: Any, x: Floats, w: Weights) -> Floats:
    """The hyperbolic tangent."""
    return np.tanh(x)


def embedding(fields: Any, x: npt.NDArray[np.int32], w: Weights) -> Floats:
    """The row of W for every symbol."""
    return w["weight"][x]


def rnn(fields: Any, x: Floats, w: Weights) -> Floats:
    """H = tanh(W_ih x[t] + b_ih + W_hh h + b_hh) from h = 0 on; the last h."""
    h: Floats = np.zeros(fields.units, x.dtype)
    for row in x:
        inputs = w["weight_ih_l0"] @ row + w["bias_ih_l0"]
        h = np.tanh(inputs + w["weight_hh_l0"] @ h + w["bias_hh_l0"])
    return h


def lstm(fields: Any, x: Floats, w: Weights) -> Floats:
    """i, f, g, o of their sums; c = f c + i g, h = o tanh(c) from 0 on; the last h."""
    h = c = np.zeros(fields.units, x.dtype)
    for row in x:
        inputs = w["weight_ih_l0"] @ row + w["bias_ih_l0"]
        sums = inputs + w["weight_hh_l0"] @ h + w["bias_hh_l0"]
        i, f, g, o = np.split(sums, 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
    return h


def gru(fields: Any, x: Floats, w: Weights) -> Floats:
    """r, z of their sums; n = tanh(W x + b + r (W' h + b')); h = (1-z) n + z h; the last h."""
    h = np.zeros(fields.units, x.dtype)
    for row in x:
        r, z, n = np.split(w["weight_ih_l0"] @ row + w["bias_ih_l0"], 3)
        recurrent_r, recurrent_z, recurrent_n = np.split(w["weight_hh_l0"] @ h + w["bias_hh_l0"], 3)
        r = 1 / (1 + np.exp(-r - recurrent_r))
        z = 1 / (1 + np.exp(-z - recurrent_z))
        h = (1 - z) * np.tanh(n + r * recurrent_n) + z * h
    return h


def cross_entropy(z: Floats, label: int) -> float:
    """log(sum exp z) - z[label]."""
    top = z.max()
    return float(np.log(np.exp(z - top).sum()) + top - z[label])
