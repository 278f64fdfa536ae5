"""flatten: the same numbers as a vector; samples are the last axis, so nothing is copied.

The padding after the end of a sequence is set to 0.
"""

from __future__ import annotations

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.fields import NoFields
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.padding import without_padding
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer


class Flatten(Layer[NoFields]):
    """A layer whose output and input share memory."""

    def outputs(self, shape: tuple[int, ...]) -> tuple[Array, Array]:
        full = (len(self.x), *shape, LANES)
        return self.x.reshape(full), zeros(0) if self.dx is None else self.dx.reshape(full)

    def forward(self, blocks: slice) -> list[Call]:
        return without_padding(self.x, self.batch.lengths, blocks)

    def backward(self, blocks: slice) -> list[Call]:
        return without_padding(self.dx, self.batch.lengths, blocks)
