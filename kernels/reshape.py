"""reshape: the same numbers, otherwise arranged; samples being the last axis, nothing moves."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from tui_dl.kernels.flatten import Flatten
from tui_dl.kernels.jit import Symbols, kernel
from tui_dl.kernels.layer import Call, flat


class Reshape(Flatten):
    """A sequence it makes is as long as it can be."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.time = self.y.shape[1] if self.y.ndim == 4 else 1
        self.following = replace(self.batch, lengths=self.batch.lengths.copy())

    def forward(self, shards: slice) -> list[Call]:
        lengths = flat(self.following.lengths[shards]), flat(self.batch.lengths[shards])
        return [partial(full_lengths, *lengths, self.time)]


@kernel("void(i4[::1], i4[::1], i8)")
def full_lengths(after: Symbols, before: Symbols, time: int) -> None:
    """After = time, and 0 where there is no sample."""
    for i in range(after.size):
        after[i] = time if before[i] > 0 else 0
