"""Generated sequences whose label is their first symbol: how long can a network remember?"""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.spec.data import Recall
from tui_dl.support.rng import stream


def load(source: Recall, seed: int) -> Samples:
    """Sequences of symbols, all independent and equally likely; only the first one matters."""
    shape = source.samples, source.length
    vocab_size = stream(seed, "recall").integers(source.vocab_size, size=shape, dtype=np.int32)
    return Samples(vocab_size, vocab_size[:, 0].copy())
