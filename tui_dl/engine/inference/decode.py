"""Decoding: a trained network with a decoder generates sequences, token by token.

For each token the network runs over the tokens generated so far, in place of the targets that it
reads in training. Its logits at time t depend on the tokens before t only.

`end` is the token id that ends a sequence, negative where there is none. Both functions return
sequences (samples, times), int32, with -1 after the end, and their log-probabilities (samples,) in
nats.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.generation.draw import Floats, draw
from tui_dl.engine.train.step import Stepper

Sequences = tuple[npt.NDArray[np.int32], Floats]


def sample(
    stepper: Stepper, samples: Samples, end: int, temperature: float = 0.0, seed: int = 0
) -> Sequences:
    """Sequences of tokens drawn from softmax(logits / temperature); at 0 the likeliest, greedily.

    A token depends on the seed, the time and the sample's index.
    """
    every = np.arange(len(samples))
    tokens = np.zeros_like(samples.targets)
    input = replace(samples, targets=tokens)
    score, going = np.zeros(len(samples)), np.ones(len(samples), bool)
    for t in range(tokens.shape[1]):
        z = _logits(stepper, input, t)
        token = draw(z, temperature, seed, t)
        tokens[:, t] = token
        score += np.where(going, _log_softmax(z)[every, token], 0)
        going &= token != end
        if not going.any():
            break
    return _cut(tokens, end), score


def beam_search(stepper: Stepper, samples: Samples, end: int, width: int) -> Sequences:
    """The likeliest of `width` beams, the prefixes kept at each time; a width of 1 is greedy."""
    every = np.arange(len(samples))[:, None]
    input = samples.take(np.repeat(every, width))
    input = replace(input, targets=np.zeros_like(input.targets))
    beams = input.targets.reshape(len(samples), width, -1)  # a view
    score, ended = np.full(beams.shape[:2], -np.inf), np.zeros(beams.shape[:2], bool)
    score[:, 0] = 0  # at first all beams are equal: only one counts
    for t in range(beams.shape[2]):
        log_p = _log_softmax(_logits(stepper, input, t)).reshape(*score.shape, -1)
        log_p[ended] = -np.inf
        log_p[ended, end] = 0
        total = (score[:, :, None] + log_p).reshape(len(samples), -1)
        best = np.argsort(-total, axis=1, kind="stable")[:, :width]
        before, token = np.divmod(best, log_p.shape[2])
        score = total[every, best]
        beams[...] = beams[every, before]
        beams[:, :, t] = token
        ended = ended[every, before] | (token == end)
        if ended.all():
            break
    return _cut(beams[:, 0], end), score[:, 0]


def _logits(stepper: Stepper, input: Samples, t: int) -> Floats:
    """(samples, vocab_size) logits of the token at time t, given those before it in `input`."""
    _, outputs, _ = stepper.outputs(input)
    return np.asarray(outputs[:, t], np.float64)


def _log_softmax(z: Any) -> Floats:
    """The logarithm of the softmax of each row."""
    below = z - z.max(axis=1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=1, keepdims=True)))


def _cut(tokens: npt.NDArray[np.int32], end: int) -> npt.NDArray[np.int32]:
    """`tokens` with -1 after the first `end` of every row."""
    ends = tokens == end
    return np.where(np.cumsum(ends, axis=1) > ends, np.int32(-1), tokens)
