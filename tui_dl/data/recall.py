"""Generated sequences whose target is their first token: a test of a network's memory."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.split import stratified
from tui_dl.spec.data.recall import Recall
from tui_dl.support.rng import stream


def load(source: Recall, seed: int) -> Samples | Dataset:
    """Sequences of independent, equally likely tokens; only the first one matters.

    With `shortest`, training sequences have from so many tokens to `length`, all equally likely.
    """
    shape = source.samples, source.length
    tokens = stream(seed, "recall").integers(source.vocab_size, size=shape, dtype=np.int32)
    samples = Samples(tokens, tokens[:, 0].copy())
    if source.shortest is None:
        return samples
    parts = stratified(samples.targets, source.validation, source.test, seed)
    train, validation, test = (samples.take(part) for part in parts)
    random = stream(seed, "recall lengths")
    lengths = random.integers(source.shortest, source.length + 1, len(train), dtype=np.int32)
    return Dataset(replace(train, lengths=lengths), validation, test)
