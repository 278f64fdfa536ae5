"""flatten: the same numbers in one row; samples being the last axis, nothing moves."""

from __future__ import annotations

from tui_dl.kernels.jit import Array
from tui_dl.kernels.lanes import LANES
from tui_dl.kernels.layer import Layer, zeros


class Flatten(Layer):
    """Output and input are one array."""

    def outputs(self, shape: tuple[int, ...]) -> tuple[Array, Array]:
        full = (len(self.x), *shape, LANES)
        return self.x.reshape(full), zeros(0) if self.dx is None else self.dx.reshape(full)
