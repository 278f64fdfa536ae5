"""Generated sequences whose target is their first token: a test of a network's memory."""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.data.recall import Recall
from tui_dl.support.rng import stream


def load(source: Recall, seed: int) -> Samples:
    """Sequences of independent, equally likely tokens; only the first one matters."""
    shape = source.samples, source.length
    tokens = stream(seed, "recall").integers(source.vocab_size, size=shape, dtype=np.int32)
    return Samples(tokens, tokens[:, 0].copy())
