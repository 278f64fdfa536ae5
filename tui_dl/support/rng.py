"""Random numbers as a function of (seed, purpose, index): nothing to save, resume is exact."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, purpose: str, index: int = 0) -> np.random.Generator:
    """A generator of its own for every seed, purpose and index (an epoch, a tensor).

    Seed and index are whole numbers below 2^64, from 0 on. Purposes are told apart by their crc32,
    which is another one for each that there is.
    """
    far, near = divmod(index, 2**32)
    # As a list the key would become float64, which loses bits, where only one number is over 2^63.
    key = np.array([seed, crc32(purpose.encode()) << 32 | near], np.uint64)
    counter = np.array([0, 0, 0, far], np.uint64)
    return np.random.Generator(np.random.Philox(counter=counter, key=key))
