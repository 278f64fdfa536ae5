"""The plain form of every layer and loss, in numpy, one sample at a time: what kernels must equal.

Each function takes one sample and the layer's weights by name, and gives one output; `fields` are
the layer's in an experiment. Those of WHOLE_BATCH take all samples, which they mix or count.
Nothing is fast here, everything is meant to be read.
"""

from __future__ import annotations

from math import erf, sqrt
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tui_dl.kernels.core.lanes import LANES

Floats = npt.NDArray[np.floating[Any]]
Weights = dict[str, Floats]

WHOLE_BATCH = "batch_norm", "dropout", "decoder"


def dense(fields: Any, x: Floats, w: Weights) -> Floats:
    """W x + b, of every row of x where it has many."""
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
    """One filter for all channels: slopes smoothed across, or the difference to the neighbours."""
    if name == "laplace":
        return np.array([[[[0, 1, 0], [1, -4, 1], [0, 1, 0]]]], float)
    sobel_x = np.outer([1.0, 2, 1], [-1.0, 0, 1])
    return (sobel_x if name == "sobel_x" else sobel_x.T)[None, None]


def max_pool2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """The largest of each window."""
    n, s = fields.size, fields.step
    rows, columns = ((side - n) // s + 1 for side in x.shape[1:])
    y = np.empty((len(x), rows, columns), x.dtype)
    for r in range(rows):
        for q in range(columns):
            y[:, r, q] = x[:, s * r : s * r + n, s * q : s * q + n].max(axis=(1, 2))
    return y


def avg_pool2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """The mean of each window."""
    n, s = fields.size, fields.step
    rows, columns = ((side - n) // s + 1 for side in x.shape[1:])
    y = np.empty((len(x), rows, columns), x.dtype)
    for r in range(rows):
        for q in range(columns):
            y[:, r, q] = x[:, s * r : s * r + n, s * q : s * q + n].mean(axis=(1, 2))
    return y


def global_avg_pool(fields: Any, x: Floats, w: Weights) -> Floats:
    """The mean of each channel of an image, or over the time of a sequence."""
    y: Floats = x.mean(axis=(1, 2) if x.ndim == 3 else 0)
    return y


def upsample2d(fields: Any, x: Floats, w: Weights) -> Floats:
    """Every place factor x factor times."""
    return x.repeat(fields.factor, axis=1).repeat(fields.factor, axis=2)


def reshape(fields: Any, x: Floats, w: Weights) -> Floats:
    """The same numbers in another shape."""
    return x.reshape(fields.sides)


def flatten(fields: Any, x: Floats, w: Weights) -> Floats:
    """The same numbers in one row."""
    return x.reshape(-1)


def relu(fields: Any, x: Floats, w: Weights) -> Floats:
    """max(x, 0)."""
    return np.maximum(x, 0)


def leaky_relu(fields: Any, x: Floats, w: Weights) -> Floats:
    """`x` where it is positive, else slope * x."""
    return np.where(x > 0, x, fields.slope * x)


def gelu(fields: Any, x: Floats, w: Weights) -> Floats:
    """The share of a normal distribution below x, times x."""
    y: Floats = x * (1 + np.vectorize(erf)(x / sqrt(2))) / 2
    return y


def softmax(fields: Any, x: Floats, w: Weights) -> Floats:
    """exp(x) / sum of exp(x) over the last axis."""
    y: Floats = np.exp(x - x.max(axis=-1, keepdims=True))
    y /= y.sum(axis=-1, keepdims=True)
    return y


def layer_norm(fields: Any, x: Floats, w: Weights) -> Floats:
    """`weight` (x - mean) / sqrt(variance + epsilon) + bias, over all axes that the weight has."""
    axes = tuple(range(-w["weight"].ndim, 0))
    apart = x - x.mean(axes, keepdims=True)
    normal = apart / np.sqrt((apart**2).mean(axes, keepdims=True) + fields.epsilon)
    y: Floats = w["weight"] * normal + w["bias"]
    return y


def sigmoid(fields: Any, x: Floats, w: Weights) -> Floats:
    """1 / (1 + exp(-x))."""
    y: Floats = 1 / (1 + np.exp(-x))
    return y


def tanh(fields: Any, x: Floats, w: Weights) -> Floats:
    """The hyperbolic tangent."""
    return np.tanh(x)


def batch_norm(fields: Any, x: Floats, w: Weights, name: str, batch: Any) -> Floats:
    """Each channel of all samples less its mean, over its deviation; times weight, plus bias."""
    rest = 0, *range(2, x.ndim)
    apart = x - x.mean(axis=rest, keepdims=True)
    normal = apart / np.sqrt((apart**2).mean(axis=rest, keepdims=True) + fields.epsilon)
    shape = -1, *[1] * (x.ndim - 2)
    y: Floats = normal * w["weight"].reshape(shape) + w["bias"].reshape(shape)
    return y


def dropout(fields: Any, x: Floats, w: Weights, name: str, batch: Any) -> Floats:
    """Units kept by a hash of seed, name, step and place among the lanes, over their share."""
    key = (batch.seed << 32 | crc32(name.encode())) ^ _mix(batch.seed >> 32)
    key = _mix(key + int(batch.step[0]) * 0x9E3779B97F4A7C15)
    numbers = np.arange(x.size, dtype=np.uint32)
    for half in (key % 2**32, key >> 32):
        numbers ^= np.uint32(half)
        for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
            numbers = (numbers ^ numbers >> np.uint32(shift)) * np.uint32(factor)
    limit = min(round(fields.rate * 2**32), 2**32 - 1)
    kept = numbers >= np.uint32(limit)
    lanes = kept.reshape(-1, *x.shape[1:], LANES)
    kept = np.moveaxis(lanes, -1, 1).reshape(x.shape)
    return np.where(kept, x / (1 - limit / 2**32), 0)


def _mix(key: int) -> int:
    """The finalizer of splitmix64 of the lowest 64 bits."""
    key %= 2**64
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        key = ((key ^ key >> shift) * factor) % 2**64
    return key ^ key >> 31


def embedding(fields: Any, x: npt.NDArray[np.int32], w: Weights) -> Floats:
    """The row of W for every symbol."""
    return w["weight"][x]


def rnn(fields: Any, x: Floats, w: Weights, first: Any = 0) -> Floats:
    """H = f(W_ih x[t] + b_ih + W_hh h + b_hh) from h = first on, with f tanh or max(., 0)."""

    def step(w: Weights, row: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        sums = w["weight_ih"] @ row + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"]
        return (np.tanh(sums) if fields.activation == "tanh" else np.maximum(sums, 0)), c

    return _states(step, fields, x, w, first)


def lstm(fields: Any, x: Floats, w: Weights, first: Any = 0) -> Floats:
    """i, f, g, o of their sums; c = f c + i g, h = o tanh(c) from c = 0, h = first on."""

    def step(w: Weights, row: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        sums = w["weight_ih"] @ row + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"]
        i, f, g, o = np.split(sums, 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        return o * np.tanh(c), c

    return _states(step, fields, x, w, first)


def gru(fields: Any, x: Floats, w: Weights, first: Any = 0) -> Floats:
    """r, z of their sums; n = tanh(W x + b + r (W' h + b')); h = (1-z) n + z h from first on."""

    def step(w: Weights, row: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        r, z, n = np.split(w["weight_ih"] @ row + w["bias_ih"], 3)
        recurrent_r, recurrent_z, recurrent_n = np.split(w["weight_hh"] @ h + w["bias_hh"], 3)
        r = 1 / (1 + np.exp(-r - recurrent_r))
        z = 1 / (1 + np.exp(-z - recurrent_z))
        return (1 - z) * np.tanh(n + r * recurrent_n) + z * h, c

    return _states(step, fields, x, w, first)


def _states(step: Any, fields: Any, x: Floats, w: Weights, first: Any) -> Floats:
    """The last h of `step` over the rows of x, or all; those from the end beside them if wanted."""
    ways = []
    for ending, order in (("_l0", 1), ("_l0_reverse", -1))[: 1 + fields.bidirectional]:
        own = {name.removesuffix(ending): tensor for name, tensor in w.items()}
        c = np.zeros(fields.units, x.dtype)
        h = c + first
        states = []
        for row in x[::order]:
            h, c = step(own, row, h, c)
            states.append(h)
        ways.append(h if fields.output_ == "last" else np.stack(states[::order]))
    return np.concatenate(ways, axis=-1)


def decoder(fields: Any, x: Floats, w: Weights, name: str, batch: Any) -> Floats:
    """The states of a cell from h = x on, over the symbols wanted, each a time later; then 0."""
    cell = {"rnn": rnn, "lstm": lstm, "gru": gru}[fields.cell]
    own = {key.removeprefix(f"{fields.cell}."): tensor for key, tensor in w.items()}
    table = w["embedding.weight"]
    samples = np.moveaxis(batch.targets, -1, 1).reshape(len(x), -1)
    y = np.zeros((*samples.shape, fields.units), x.dtype)
    for sample, wanted in enumerate(samples):
        length = max((t + 1 for t, symbol in enumerate(wanted) if symbol >= 0), default=0)
        read = np.where(wanted >= 0, wanted, len(table) - 1)[: length - 1]
        if length:
            rows = table[[len(table) - 1, *read]]
            y[sample, :length] = cell(fields.parts[fields.cell], rows, own, x[sample])
    return y


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
