"""Decoding: a trained network with a decoder writes sequences, symbol by symbol.

Each time the network runs over all that was written, as in training over what was wanted, and its
logits there say how likely each next symbol is; what stands behind has no say in them.

`end` is the symbol that ends a sequence, negative where none does. Both functions give sequences
(samples, times), int32, -1 behind the end, and their log-probabilities (samples,) in nats.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.train.step import Stepper
from tui_dl.support.rng import stream

Floats = npt.NDArray[np.float64]
Written = tuple[npt.NDArray[np.int32], Floats]


def sample(
    stepper: Stepper, samples: Samples, end: int, temperature: float = 0.0, seed: int = 0
) -> Written:
    """Symbols drawn from softmax(logits / temperature); at 0, greedily, the likeliest each.

    A draw from softmax(z / T) is the argmax of z + T g, g being Gumbel noise (Maddison et al.
    2014), so 0 is nothing special: of equal ones the first is taken. A symbol depends on seed, time
    and the sample's place.
    """
    every = np.arange(len(samples))
    written = np.zeros_like(samples.targets)
    input = replace(samples, targets=written)
    score, going = np.zeros(len(samples)), np.ones(len(samples), bool)
    for t in range(written.shape[1]):
        z = _logits(stepper, input, t)
        noise = stream(seed, "decode", t).gumbel(size=z.shape)
        symbol = (z / max(temperature, 1) + min(temperature, 1) * noise).argmax(axis=1)
        written[:, t] = symbol
        score += np.where(going, _log_softmax(z)[every, symbol], 0)
        going &= symbol != end
        if not going.any():
            break
    return _cut(written, end), score


def beam_search(stepper: Stepper, samples: Samples, end: int, width: int) -> Written:
    """The likeliest of the `width` beginnings that are kept at every time; 1 is greedy."""
    every = np.arange(len(samples))[:, None]
    input = samples.take(np.repeat(every, width))
    input = replace(input, targets=np.zeros_like(input.targets))
    beams = input.targets.reshape(len(samples), width, -1)  # the same numbers
    score, ended = np.full(beams.shape[:2], -np.inf), np.zeros(beams.shape[:2], bool)
    score[:, 0] = 0  # at first all are one
    for t in range(beams.shape[2]):
        log_p = _log_softmax(_logits(stepper, input, t)).reshape(*score.shape, -1)
        log_p[ended] = -np.inf
        log_p[ended, end] = 0
        total = (score[:, :, None] + log_p).reshape(len(samples), -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        before, symbol = np.divmod(best, log_p.shape[2])
        score = total[every, best]
        beams[...] = beams[every, before]
        beams[:, :, t] = symbol
        ended = ended[every, before] | (symbol == end)
        if ended.all():
            break
    return _cut(beams[:, 0], end), score[:, 0]


def _logits(stepper: Stepper, input: Samples, t: int) -> Floats:
    """(samples, symbols) of the symbol at time t, the ones before being the targets' of `input`."""
    _, outputs, _ = stepper.outputs(input)
    return np.asarray(outputs[:, t], np.float64)


def _log_softmax(z: Any) -> Floats:
    """The log-probabilities that these logits mean."""
    below = z - z.max(axis=1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=1, keepdims=True)))


def _cut(written: npt.NDArray[np.int32], end: int) -> npt.NDArray[np.int32]:
    """-1 behind the first `end` of every row."""
    ends = written == end
    return np.where(np.cumsum(ends, axis=1) > ends, np.int32(-1), written)
