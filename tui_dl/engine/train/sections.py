"""Sections of time of a stream: an epoch trains on one, in order, and is evaluated on the next."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tui_dl.data import Samples
from tui_dl.engine.train.batches import batches, in_order
from tui_dl.kernels.core.jit import Ints


def batches_of_epoch(size: int, count: int, seed: int, epoch: int, sections: int) -> Iterator[Ints]:
    """Mini-batches of the indices of `count` samples: those of `epoch`, from 1.

    Samples that are no stream are all in every epoch, shuffled. A stream goes on by a section every
    epoch, in the order in which it comes; after the last one it begins anew.
    """
    if sections == 1:
        return batches(size, count, seed, epoch)
    each = count // sections
    first = (epoch - 1) % sections * each
    return in_order(np.arange(first, first + each, dtype=np.int64), size)


def by_section(samples: Samples, sections: int) -> list[Samples]:
    """The samples of each section; all of them where they are no stream."""
    if sections == 1:
        return [samples]
    each = len(samples) // sections
    return [samples.take(np.arange(it * each, (it + 1) * each)) for it in range(sections)]
