"""The base of recurrent layers: one cell over a sequence or, if bidirectional, one each way.

y is the last state (units,), or the states of all time steps (times, units). If bidirectional, the
units of the reverse direction follow those of the forward one. `Batch.lengths` says where sequences
end: the last state is that of the sample's own last step (in reverse, of its first), and y is 0
after its end.
"""

from __future__ import annotations

from typing import TypeVar

from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.by_token import ByToken
from tui_dl.kernels.layers.cell import Cell, RecurrentFields

Cells_co = TypeVar("Cells_co", bound=RecurrentFields, covariant=True)


class Recurrent(Layer[Cells_co]):
    """One or two cells over the same x.

    Attributes:
        cells: one a direction.
        by_token: computes the gradients of the embedding before this layer too; None if not fused.
    """

    can_sum_by_token = True

    def prepare(self) -> None:
        directions = (False, True) if self.fields.bidirectional else (False,)
        self.cells = [self.cell_class()(self, reverse) for reverse in directions]
        self.by_token: ByToken | None = None

    def cell_class(self) -> type[Cell]:
        """The cell that this kind of layer applies."""
        raise NotImplementedError

    def fuse_with(self, before: Layer) -> None:
        """Compute the gradient of the embedding before too."""
        self.by_token = ByToken(before, self.cells)
        before.fused = True

    def set_initial_state(self, initial: Array, dinitial: Array | None) -> None:
        """Start the only cell from a given state; see `Cell.set_initial_state`."""
        (cell,) = self.cells
        cell.set_initial_state(initial, dinitial)

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
