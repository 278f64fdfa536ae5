"""The next token by counts: how often each followed the two tokens before in training.

Contexts that are rare are backed by shorter ones (Witten & Bell 1991, interpolated):
p(w | h) = (c(h w) + t(h) p(w | h')) / (c(h) + t(h)), where c counts, t(h) is how many different
tokens followed h, and h' is h without its first token; the last h' is empty, and its own
probabilities are backed by equal ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tui_dl.data import Samples
from tui_dl.engine.baselines.lbfgs import Doubles

NONE = 0  # stands before the first token, whose ids are raised by 1

Codes = npt.NDArray[np.int64]


class NextTokenCounts:
    """Probabilities of the next token after contexts of up to `order` tokens."""

    def __init__(self, train: Samples, vocab_size: int, order: int) -> None:
        """Count the targets of `train`, each after the `order` tokens before it."""
        self._size, self._order = vocab_size + 1, order
        self._counts = [
            np.unique(self._codes(train, length), return_counts=True) for length in range(order + 1)
        ]

    def loss(self, samples: Samples) -> float:
        """The mean cross-entropy of all targets in nats.

        A window's first places have shorter contexts, as the network has.
        """
        p: Any = 1 / (self._size - 1)
        for length in range(self._order + 1):
            p = self._backed(length, self._codes(samples, length), p)
        return float(-np.log(p).mean())

    def _backed(self, length: int, codes: Codes, shorter: Any) -> Doubles:
        """The probability of each place's target after `length` tokens, backed by `shorter`."""
        known, counts = self._counts[length]
        contexts, first = np.unique(known // self._size, return_index=True)
        totals, different = np.add.reduceat(counts, first), np.diff(np.append(first, len(known)))
        of_context = _looked_up(codes // self._size, contexts, totals)
        kinds = _looked_up(codes // self._size, contexts, different)
        own = _looked_up(codes, known, counts)
        backed = (own + kinds * shorter) / np.maximum(of_context + kinds, 1)
        return np.asarray(np.where(of_context > 0, backed, shorter))

    def _codes(self, samples: Samples, length: int) -> Codes:
        """A number for each place: its target after the `length` tokens before, in base `_size`."""
        inputs = samples.inputs.astype(np.int64) + 1
        code = np.zeros_like(inputs)
        for back in range(length - 1, -1, -1):
            before = np.full_like(inputs, NONE)
            before[:, back:] = inputs[:, : inputs.shape[1] - back]
            code = code * self._size + before
        return np.asarray((code * self._size + samples.targets + 1).reshape(-1))


def _looked_up(codes: Codes, known: Codes, values: npt.NDArray[np.int64]) -> Doubles:
    """The value of each code; 0 of one that is not `known`, which rises."""
    place = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.where(known[place] == codes, values[place], 0).astype(np.float64)
