"""conv1d: y[t, f] = b[f] + sum over c, i of W[f, c, i] x[s t + i, c], x zero-padded in time.

Where a sequence ends before its padding, so does its output: as many steps are counted as a
sequence of that length has by itself.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from tui_dl.kernels.convolution import Convolution
from tui_dl.kernels.jit import Symbols, kernel
from tui_dl.kernels.layer import Call, flat


class Conv1d(Convolution):
    """Over a sequence: time x channels."""

    channel_axis = -1

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.following = replace(self.batch, lengths=self.batch.lengths.copy())

    def forward(self, shards: slice) -> list[Call]:
        lengths = flat(self.following.lengths[shards]), flat(self.batch.lengths[shards])
        steps = sum(self.fields.margins) - self.fields.kernel, self.stride, self.y.shape[1]
        return [partial(conv1d_lengths, *lengths, *steps), *super().forward(shards)]


@kernel("void(i4[::1], i4[::1], i8, i8, i8)")
def conv1d_lengths(after: Symbols, before: Symbols, wider: int, stride: int, most: int) -> None:
    """After = floor((before + wider) / stride) + 1, from 1 to `most`; 0 stays 0.

    `wider` is the padding less the kernel.
    """
    for i in range(after.size):
        steps = (before[i] + wider) // stride + 1
        after[i] = max(min(steps, most), 1) if before[i] > 0 else 0
