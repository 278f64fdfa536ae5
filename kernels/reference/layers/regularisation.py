"""Plain form of dropout, with the hash that decides which units are kept."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np

from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.reference.base import Floats, Weights, whole_batch


@whole_batch
def dropout(fields: Any, x: Floats, w: Weights, name: str, batch: Any) -> Floats:
    """Drop units by a hash of seed, name, step and unit; divide the others by 1 - rate."""
    key = (batch.seed << 32 | crc32(name.encode())) ^ _mix(batch.seed >> 32)
    key = _mix(key + int(batch.step[0]) * 0x9E3779B97F4A7C15)
    numbers = np.arange(x.size, dtype=np.uint32)
    for half in (key % 2**32, key >> 32):
        numbers ^= np.uint32(half)
        for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
            numbers = (numbers ^ numbers >> np.uint32(shift)) * np.uint32(factor)
    limit = min(round(fields.rate * 2**32), 2**32 - 1)
    kept = numbers >= np.uint32(limit)
    lanes = kept.reshape(-1, *x.shape[1:], LANES)
    kept = np.moveaxis(lanes, -1, 1).reshape(x.shape)
    return np.where(kept, x / (1 - limit / 2**32), 0)


def _mix(key: int) -> int:
    """The finalizer of splitmix64, applied to the lowest 64 bits of `key`."""
    key %= 2**64
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        key = ((key ^ key >> shift) * factor) % 2**64
    return key ^ key >> 31
