"""Which samples make a step: shuffled anew every epoch, each sample once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.kernels.core.jit import Ints
from tui_dl.support.rng import stream


def batches(size: int, count: int, seed: int, epoch: int) -> Iterator[Ints]:
    """Mini-batches of `size` of the indices 0..count-1; the last one may be smaller."""
    yield from in_order(stream(seed, "shuffle", epoch).permutation(count).astype(np.int64), size)


def in_order(indices: Ints, size: int) -> Iterator[Ints]:
    """Runs of `size` of `indices`."""
    for start in range(0, len(indices), size):
        yield indices[start : start + size]
