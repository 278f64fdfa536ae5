"""Generation: a network that predicts the next token at every place continues sequences.

For each token the network runs over the last tokens so far, as many as it reads at once, and the
outputs at the last of them are the logits of the next one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.generation.draw import Floats, draw

Tokens = npt.NDArray[np.int32]


class Runner(Protocol):
    """Runs a network on samples, in evaluation mode."""

    def outputs(self, samples: Samples) -> tuple[object, npt.NDArray[Any], npt.NDArray[Any]]:
        """A result, all outputs (samples, ...) and all targets (samples, ...)."""


def generate(
    runner: Runner, begun: Samples, length: int, temperature: float | Floats, seed: int
) -> Tokens:
    """Continue sequences by tokens drawn from softmax(logits / temperature).

    Args:
        runner: runs the network.
        begun: the beginnings; a sequence has at least one token.
        length: how many tokens to generate.
        temperature: at 0 the likeliest token is taken; of all samples, or (samples, 1).
        seed: of the draws. A token depends on it, on its place, and on the sample's index.

    Returns:
        (samples, length) token ids.
    """
    every, (count, steps) = np.arange(len(begun)), begun.inputs.shape
    ends = np.full(count, steps) if begun.lengths is None else begun.lengths
    tokens = np.zeros((count, steps + length), np.int32)
    tokens[:, :steps] = begun.inputs
    # The runner reads these arrays anew in every pass.
    window = np.zeros((count, steps), np.int32)
    read = np.zeros(count, np.int32)
    samples = replace(begun, inputs=window, lengths=read)
    for t in range(length):
        first = np.maximum(ends + t - steps, 0)
        window[...] = np.take_along_axis(tokens, first[:, None] + np.arange(steps), axis=1)
        read[:] = ends + t - first
        z = _logits(runner, samples)[every, read - 1]
        tokens[every, ends + t] = draw(z, temperature, seed, t)
    return np.take_along_axis(tokens, ends[:, None] + np.arange(length), axis=1)


def _logits(runner: Runner, samples: Samples) -> Floats:
    """(samples, steps, vocab_size) logits of the token after each place."""
    return np.asarray(runner.outputs(samples)[1], np.float64)
