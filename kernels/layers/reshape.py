"""reshape: the same numbers in another shape; samples are the last axis, so nothing is copied.

The padding after the end of a sequence is set to 0. A sequence reshaped from a sequence has as many
steps as its numbers fill, the last one completed by zeros; one reshaped from anything else has full
length.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Tokens, kernel
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.flatten import Flatten


class Reshape(Flatten):
    """Like flatten, but into several axes, of which the first may be time."""

    def prepare(self) -> None:
        self.output_batch = replace(self.batch, lengths=self.batch.lengths.copy())
        self.times = self.y.shape[1] if self.y.ndim == 4 else 1
        numbers = self.y[0, ..., 0].size
        self.features = numbers // self.times
        self.before = self.x.shape[2] if self.x.ndim == 4 else numbers

    def forward(self, blocks: slice) -> list[Call]:
        lengths = flat(self.output_batch.lengths[blocks]), flat(self.batch.lengths[blocks])
        sizes = self.before, self.features, self.times
        return [*super().forward(blocks), partial(reshaped_lengths, *lengths, *sizes)]


@kernel("void(i4[::1], i4[::1], i8, i8, i8)")
def reshaped_lengths(after: Tokens, before: Tokens, had: int, has: int, most: int) -> None:
    """Set after = ceil(before * had / has), at most `most`; `had` and `has` are numbers a step."""
    for i in range(after.size):
        after[i] = min((before[i] * had + has - 1) // has, most)
