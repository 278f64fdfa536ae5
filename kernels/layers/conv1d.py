"""conv1d: y[t, f] = b[f] + sum over c, i of W[f, c, i] x[s t + i, c], x zero-padded in time.

x is 0 after the end of a sequence, and the output of a padded sequence is as long as that of the
sequence alone. A sequence shorter than the kernel is extended by zeros; its output is one step.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Tokens, kernel
from tui_dl.kernels.core.padding import without_padding
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.convolution import Convolution, ConvolutionFields


class Conv1d(Convolution[ConvolutionFields]):
    """Convolution over a sequence, (times, channels)."""

    channel_axis = -1

    def prepare(self) -> None:
        super().prepare()
        self.output_batch = replace(self.batch, lengths=self.batch.lengths.copy())

    def forward(self, blocks: slice) -> list[Call]:
        lengths = flat(self.output_batch.lengths[blocks]), flat(self.batch.lengths[blocks])
        steps = sum(self.fields.margins) - self.fields.kernel, self.stride, self.y.shape[1]
        calls = [partial(conv1d_lengths, *lengths, *steps)]
        calls += without_padding(self.x, self.batch.lengths, blocks)
        return calls + super().forward(blocks)

    def backward(self, blocks: slice) -> list[Call]:
        calls = super().backward(blocks)
        return calls + without_padding(self.dx, self.batch.lengths, blocks)


@kernel("void(i4[::1], i4[::1], i8, i8, i8)")
def conv1d_lengths(after: Tokens, before: Tokens, wider: int, stride: int, most: int) -> None:
    """Set after = floor((before + wider) / stride) + 1, between 1 and `most`; 0 stays 0.

    `wider` is the padding of both sides less the size of the kernel.
    """
    for i in range(after.size):
        steps = (before[i] + wider) // stride + 1
        after[i] = max(min(steps, most), 1) if before[i] > 0 else 0
