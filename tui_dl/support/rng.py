"""Random numbers as a function of (seed, purpose, index), so that no state must be saved."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, purpose: str, index: int = 0) -> np.random.Generator:
    """An independent generator for each seed, purpose and index, such as an epoch.

    Seed and index are whole numbers from 0 to 2^64 - 1. Purposes are distinguished by their crc32;
    a test checks that those in use differ.
    """
    far, near = divmod(index, 2**32)
    # A list with one number over 2^63 would become float64, which loses bits.
    key = np.array([seed, crc32(purpose.encode()) << 32 | near], np.uint64)
    counter = np.array([0, 0, 0, far], np.uint64)
    return np.random.Generator(np.random.Philox(counter=counter, key=key))
