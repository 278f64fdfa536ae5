"""upsample2d: y[i, j] = x[i // factor, j // factor]; dx is the sum of dy over its copies."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.avg_pool2d import window_shares, window_sums
from tui_dl.kernels.layers.base import Layer


class Upsample2dFields(Protocol):
    """How many times height and width become larger."""

    factor: int


class Upsample2d(Layer[Upsample2dFields]):
    """Nearest-neighbour upsampling, with the kernels of avg_pool2d the other way round."""

    def forward(self, blocks: slice) -> list[Call]:
        arrays = flat(self.y[blocks]), flat(self.x[blocks])
        return [partial(window_shares, *arrays, 1, *self._sizes(blocks))]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = flat(self.dx[blocks]), flat(self.dy[blocks])
        return [partial(window_sums, *arrays, 1, *self._sizes(blocks))]

    def _sizes(self, blocks: slice) -> tuple[int, ...]:
        """Planes (blocks x channels), height, width, rows and columns of windows, size, stride."""
        _, channels, *windows, _ = self.x.shape
        factor = self.fields.factor
        planes = len(self.x[blocks]) * channels
        return (planes, *self.y.shape[2:4], *windows, factor, factor)
