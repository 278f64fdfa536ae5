"""decoder: h[t] = cell(W[k[t-1]], h[t-1]) with h[-1] = x; the output is the states of all steps.

k[t] is the target token of time step t, and k[-1] a start token, whose embedding is the last row of
W: teacher forcing (Williams & Zipser 1989). The c of an lstm starts at 0. A sample's sequence ends
with its last target; after it h is 0.

Backward is that of the cell and of the embedding; dx is the gradient of the initial state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import numpy as np

from tui_dl.kernels.core.arrays import flat, zeros
from tui_dl.kernels.core.jit import Array, Tokens, kernel
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.registry import class_of
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.embedding import Embedding
from tui_dl.kernels.layers.recurrent import Recurrent


class DecoderFields(Protocol):
    """`parts` are the tables of the embedding and of the cell, by the name of their kind.

    `cell` is the kind of the recurrent layer, `size` the length of an embedding.
    """

    cell: str
    size: int
    parts: Mapping[str, object]


class Decoder(Layer[DecoderFields]):
    """An embedding and a cell, whose weights are named ``embedding.weight`` and ``gru.weight_...``.

    Attributes:
        tokens: (blocks, times, LANES) int32, the token ids that the embedding reads.
        targets: (blocks, times, LANES) int32, the target tokens; negative where there is none.
    """

    def outputs(self, shape: tuple[int, ...]) -> tuple[Array, Array]:
        targets, times = self.batch.targets, shape[0]
        if targets is None or targets.shape != (len(self.x), times, LANES):
            self.refuse(f"there are no target tokens for {times} time steps")
        self.targets = targets
        self.tokens: Tokens = zeros(*targets.shape, dtype=np.int32)
        lengths = zeros(len(self.x), LANES, dtype=np.int32)
        self.output_batch = replace(self.batch, lengths=lengths)
        name, embedded = self.fields.cell, (times, self.fields.size)
        self.embedding = Embedding(*self._part("embedding", self.tokens, None, embedded))
        cell_input = self.embedding.y, self.embedding.dy
        layer = class_of(__package__, name, Recurrent)
        self.cell = layer(*self._part(name, *cell_input, shape))
        self.cell.set_initial_state(self.x, self.dx)
        return self.cell.y, self.cell.dy

    def _part(self, name: str, x: Any, dx: Array | None, shape: tuple[int, ...]) -> tuple[Any, ...]:
        """Constructor arguments of one of the two layers: its own weights, without the prefix."""
        own = f"{name}."
        w, dw = (
            {key.removeprefix(own): array for key, array in arrays.items() if key.startswith(own)}
            for arrays in (self.w, self.dw)
        )
        fields = self.fields.parts[name]
        return f"{self.name}.{name}", fields, x, dx, shape, w, dw, self.output_batch

    def pack(self, part: int, parts: int) -> list[Call]:
        return self.cell.pack(part, parts)

    def forward(self, blocks: slice) -> list[Call]:
        lengths = flat(self.output_batch.lengths[blocks])
        start = len(self.w["embedding.weight"]) - 1
        tokens, targets = flat(self.tokens[blocks]), flat(self.targets[blocks])
        calls = [partial(shift_targets, tokens, lengths, targets, start)]
        return [*calls, *self.embedding.forward(blocks), *self.cell.forward(blocks)]

    def backward(self, blocks: slice) -> list[Call]:
        return self.cell.backward(blocks) + self.embedding.backward(blocks)

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        return self.cell.reduce(blocks, part, parts) + self.embedding.reduce(blocks, part, parts)


@kernel("void(i4[::1], i4[::1], i4[::1], i8)")
def shift_targets(tokens: Tokens, lengths: Tokens, targets: Tokens, start: int) -> None:
    """tokens[t] = targets[t-1], or `start` where there is none; lengths end at the last target."""
    times = targets.size // lengths.size
    for block in range(lengths.size // LANES):
        for lane in range(LANES):
            length, before = 0, start
            for t in range(times):
                at = (block * times + t) * LANES + lane
                tokens[at] = before
                before = targets[at] if targets[at] >= 0 else start
                if targets[at] >= 0:
                    length = t + 1
            lengths[block * LANES + lane] = length
