"""What recurrent layers are: a cell that reads forward and, if bidirectional, one in reverse.

y is the last state, or all of them in the order of time, (times, units); both directions' units
stand side by side. Sequences end where `Batch.lengths` says: the last state is that of the sample's
own last time (in reverse, of its first), and beyond its end y is 0.
"""

from __future__ import annotations

from typing import Any, ClassVar

from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.by_token import ByToken
from tui_dl.kernels.layers.cell import Cell
from tui_dl.kernels.layers.embedding import Embedding


class Recurrent(Layer):
    """One or two cells over the same x."""

    cell: ClassVar[type[Cell]]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        directions = (False, True) if self.fields.bidirectional else (False,)
        self.cells = [self.cell(self, reverse) for reverse in directions]
        self.by_token: ByToken | None = None

    def fuse_with(self, before: Embedding) -> None:
        """Make the gradient of the embedding before too, where symbols are few."""
        if len(before.w["weight"]) <= before.x[0].size:
            self.by_token = ByToken(before, self.cells)
            before.followed = True

    def begin_with(self, first: Array, dfirst: Array | None) -> None:
        """See `Cell.begin_with`; of one direction."""
        (cell,) = self.cells
        cell.begin_with(first, dfirst)

    def pack(self, part: int, parts: int) -> list[Call]:
        calls = [call for cell in self.cells for call in cell.pack(part, parts)]
        return calls + (self.by_token.pack() if self.by_token and part == 0 else [])

    def forward(self, blocks: slice) -> list[Call]:
        return [call for cell in self.cells for call in cell.forward(blocks)]

    def backward(self, blocks: slice) -> list[Call]:
        return [call for cell in self.cells for call in cell.backward(blocks)]

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        calls = [call for cell in self.cells for call in cell.reduce(blocks, part, parts)]
        return calls + (self.by_token.reduce(blocks, part, parts) if self.by_token else [])
