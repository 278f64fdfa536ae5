"""embedding: y[t] = W[x[t]]; dW[k] = sum of dy[t] over all t with x[t] = k."""

from __future__ import annotations

from functools import partial

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.sums import sum_blocks
from tui_dl.kernels.layers.base import Layer


class Embedding(Layer[NoFields]):
    """x holds token ids, int32; every block of samples adds up its own dW first.

    Attributes:
        dw_by_block: (blocks, vocab_size, size) the gradient from each block.
    """

    embeds_tokens = True

    def prepare(self) -> None:
        self.dw_by_block = zeros(len(self.x), *self.w["weight"].shape)

    def forward(self, blocks: slice) -> list[Call]:
        size = self.w["weight"].shape[1]
        arrays = flat(self.y[blocks]), flat(self.x[blocks]), flat(self.w["weight"])
        return [partial(embedding_forward, *arrays, size)]

    def backward(self, blocks: slice) -> list[Call]:
        if self.fused:
            return []
        size = self.w["weight"].shape[1]
        arrays = flat(self.dw_by_block[blocks]), flat(self.dy[blocks]), flat(self.x[blocks])
        return [partial(embedding_backward, *arrays, size, len(self.x[blocks]))]

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        if self.fused:
            return []
        arrays = flat(self.dw["weight"]), flat(self.dw_by_block)
        return [partial(sum_blocks, *arrays, blocks, part, parts)]


@kernel("void(f4[::1], i4[::1], f4[::1], i8)")
def embedding_forward(y: Array, x: Tokens, w: Array, size: int) -> None:
    """y[t, e] = w[x[t], e], where t runs over all time steps of all blocks."""
    for t in range(x.size // LANES):
        for e in range(size):
            for lane in range(LANES):
                y[(t * size + e) * LANES + lane] = w[x[t * LANES + lane] * size + e]


@kernel("void(f4[::1], f4[::1], i4[::1], i8, i8)")
def embedding_backward(dw: Array, dy: Array, x: Tokens, size: int, blocks: int) -> None:
    """dw[b, token] = sum of dy[b, t] over all t with x[b, t] = token."""
    for i in range(dw.size):
        dw[i] = 0
    times = x.size // LANES // blocks
    for block in range(blocks):
        table = block * (dw.size // blocks)
        for t in range(block * times, (block + 1) * times):
            for e in range(size):
                for lane in range(LANES):
                    dw[table + x[t * LANES + lane] * size + e] += dy[(t * size + e) * LANES + lane]
