"""Plain forms of layers over token sequences: embedding, recurrent cells and decoder."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.kernels.reference.base import Floats, Weights, whole_batch


def embedding(fields: Any, x: npt.NDArray[np.int32], w: Weights) -> Floats:
    """The row of W for every token id."""
    return w["weight"][x]


def rnn(fields: Any, x: Floats, w: Weights, initial: Any = 0) -> Floats:
    """h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), f tanh or relu, h[-1] = initial."""

    def step(w: Weights, row: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        sums = w["weight_ih"] @ row + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"]
        return (np.tanh(sums) if fields.activation == "tanh" else np.maximum(sums, 0)), c

    return _states(step, fields, x, w, initial)


def lstm(fields: Any, x: Floats, w: Weights, initial: Any = 0) -> Floats:
    """c[t] = f c[t-1] + i g and h[t] = o tanh(c[t]); c[-1] = 0, h[-1] = initial."""

    def step(w: Weights, row: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        sums = w["weight_ih"] @ row + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"]
        i, f, g, o = np.split(sums, 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        return o * np.tanh(c), c

    return _states(step, fields, x, w, initial)


def gru(fields: Any, x: Floats, w: Weights, initial: Any = 0) -> Floats:
    """N = tanh(W x[t] + b + r (W' h[t-1] + b')); h[t] = (1-z) n + z h[t-1]; h[-1] = initial."""

    def step(w: Weights, row: Floats, h: Floats, c: Floats) -> tuple[Floats, Floats]:
        r, z, n = np.split(w["weight_ih"] @ row + w["bias_ih"], 3)
        recurrent_r, recurrent_z, recurrent_n = np.split(w["weight_hh"] @ h + w["bias_hh"], 3)
        r = 1 / (1 + np.exp(-r - recurrent_r))
        z = 1 / (1 + np.exp(-z - recurrent_z))
        return (1 - z) * np.tanh(n + r * recurrent_n) + z * h, c

    return _states(step, fields, x, w, initial)


def _states(step: Any, fields: Any, x: Floats, w: Weights, initial: Any) -> Floats:
    """The last h of `step` over the rows of x, or all of them; with both directions, joined."""
    directions = []
    for ending, order in (("_l0", 1), ("_l0_reverse", -1))[: 1 + fields.bidirectional]:
        own = {name.removesuffix(ending): tensor for name, tensor in w.items()}
        c = np.zeros(fields.units, x.dtype)
        h = c + initial
        states = []
        for row in x[::order]:
            h, c = step(own, row, h, c)
            states.append(h)
        directions.append(h if fields.output_ == "last" else np.stack(states[::order]))
    return np.concatenate(directions, axis=-1)


@whole_batch
def decoder(fields: Any, x: Floats, w: Weights, name: str, batch: Any) -> Floats:
    """The states of a cell from h = x on, reading the targets one step late; 0 after the last."""
    cell = {"rnn": rnn, "lstm": lstm, "gru": gru}[fields.cell]
    own = {key.removeprefix(f"{fields.cell}."): tensor for key, tensor in w.items()}
    table = w["embedding.weight"]
    samples = np.moveaxis(batch.targets, -1, 1).reshape(len(x), -1)
    y = np.zeros((*samples.shape, fields.units), x.dtype)
    for sample, targets in enumerate(samples):
        length = max((t + 1 for t, token in enumerate(targets) if token >= 0), default=0)
        read = np.where(targets >= 0, targets, len(table) - 1)[: length - 1]
        if length:
            rows = table[[len(table) - 1, *read]]
            y[sample, :length] = cell(fields.parts[fields.cell], rows, own, x[sample])
    return y
