"""dropout: y = x / (1 - rate) for units that are kept, 0 for the others; dx likewise from dy.

At every step each unit is dropped with probability `rate` (Srivastava et al. 2014, in the inverted
form, so that evaluation copies x). Which ones depends on the run's seed, the step, the layer's name
and the unit's index alone: they are hashed, so there is no generator whose state must be saved. The
hash has 32 bits, so the rate is rounded to one of 0, 1/2^32, ... 1 - 1/2^32.
"""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from numpy import uint32, uint64

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.elementary import copy
from tui_dl.kernels.core.jit import Array, Ints, inline, kernel
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


class DropoutFields(Protocol):
    """`rate` is the probability to be dropped."""

    rate: float


class Dropout(Layer[DropoutFields]):
    """Units are numbered through all blocks, so results do not depend on the number of threads.

    Attributes:
        key: the run's seed and the hash of the layer's name.
        limit: units with a hash below it are dropped.
        scale: (1,) 1 / (1 - rate).
    """

    def prepare(self) -> None:
        self.key = self.batch.seed, crc32(self.name.encode())
        self.limit = min(round(self.fields.rate * 2**32), 2**32 - 1)
        self.scale = np.array([2**32 / (2**32 - self.limit)], np.float32)

    def _drop(self, y: Any, x: Any, blocks: slice) -> Call:
        first = (blocks.start or 0) * prod(x.shape[1:])
        arrays = flat(y[blocks]), flat(x[blocks]), self.scale, self.batch.step
        return partial(dropout, *arrays, self.limit, *self.key, first)

    def forward(self, blocks: slice) -> list[Call]:
        return [self._drop(self.y, self.x, blocks)]

    def evaluate(self, blocks: slice) -> list[Call]:
        return [partial(copy, flat(self.y[blocks]), flat(self.x[blocks]))]

    def backward(self, blocks: slice) -> list[Call]:
        return [] if self.dx is None else [self._drop(self.dx, self.dy, blocks)]

    def backward_evaluated(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        return [partial(copy, flat(self.dx[blocks]), flat(self.dy[blocks]))]


@kernel("void(f4[::1], f4[::1], f4[::1], i8[::1], i8, i8, i8, i8)")
def dropout(
    y: Array, x: Array, scale: Array, step: Ints, limit: int, seed: int, name: int, first: int
) -> None:
    """y[i] = scale * x[i] where the hash of unit first + i is at least `limit`, else 0.

    The seed has 63 bits, the hash of the layer's name and `limit` have 32.
    """
    key = (uint64(seed) << uint64(32) | uint64(name)) ^ _mix(uint64(seed) >> uint64(32))
    mixed = _mix(key + uint64(step[0]) * uint64(0x9E3779B97F4A7C15))
    low, high = uint32(mixed), uint32(mixed >> uint64(32))
    times, least = scale[0], uint32(limit)
    for i in range(y.size):
        number = _scramble(uint32(_scramble(uint32(uint32(first + i) ^ low)) ^ high))
        y[i] = x[i] * times if number >= least else np.float32(0)


@inline
def _mix(x: uint64) -> uint64:
    """The finalizer of splitmix64 (Steele et al. 2014): every bit of x changes half of all bits."""
    x = (x ^ (x >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> uint64(27))) * uint64(0x94D049BB133111EB)
    return x ^ (x >> uint64(31))


@inline
def _scramble(x: uint32) -> uint32:
    """The finalizer of MurmurHash3 (Appleby 2011): the same for 32 bits."""
    x = uint32(uint32(x ^ (x >> uint32(16))) * uint32(0x85EBCA6B))
    x = uint32(uint32(x ^ (x >> uint32(13))) * uint32(0xC2B2AE35))
    return uint32(x ^ (x >> uint32(16)))
