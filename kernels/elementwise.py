"""Layers that take each number by itself, and whose gradient can be had from their output."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from tui_dl.kernels.layer import Call, Layer, flat


class Elementwise(Layer):
    """y = f(x) and dx = dy f'(x), the latter from y."""

    kernels: ClassVar[tuple[Any, Any]]  # forward(y, x), backward(dx, dy, y)

    def forward(self, shards: slice) -> list[Call]:
        return [partial(self.kernels[0], flat(self.y[shards]), flat(self.x[shards]))]

    def backward(self, shards: slice) -> list[Call]:
        if self.dx is None:
            return []
        arrays = flat(self.dx[shards]), flat(self.dy[shards]), flat(self.y[shards])
        return [partial(self.kernels[1], *arrays)]
