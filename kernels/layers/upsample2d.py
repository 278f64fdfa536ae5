"""upsample2d: y[i, j] = x[i // factor, j // factor]; dx is the sum of dy over its copies."""

from __future__ import annotations

from typing import Protocol

from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.avg_pool2d import window_shares, window_sums
from tui_dl.kernels.layers.base import Layer
from tui_dl.kernels.layers.pool2d import Windows


class Upsample2dFields(Protocol):
    """How many times height and width become larger."""

    factor: int


class Upsample2d(Layer[Upsample2dFields]):
    """Nearest-neighbour upsampling, with the kernels of avg_pool2d: y are images, x are windows."""

    @property
    def windows(self) -> Windows:
        """The copies of each x."""
        return Windows(self.fields.factor, self.fields.factor)

    def forward(self, blocks: slice) -> list[Call]:
        return [self.windows.call(window_shares, self.y[blocks], self.x[blocks])]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        return [self.windows.call(window_sums, self.dy[blocks], self.dx[blocks])]
