"""The base of pooling layers: square windows over every channel of an image."""

from __future__ import annotations

from typing import Protocol

from tui_dl.kernels.layers.base import Layer


class Pool2dFields(Protocol):
    """Sides of the windows, and the distance from one to the next."""

    size: int
    step: int


class Pool2d(Layer[Pool2dFields]):
    """Windows of size x size, with a stride of `step`."""

    def sizes(self, blocks: slice) -> tuple[int, ...]:
        """Planes (blocks x channels), height, width, rows and columns of windows, size, stride."""
        _, channels, *sides, _ = self.x.shape
        windows = self.y.shape[2:4]
        planes = len(self.x[blocks]) * channels
        return (planes, *sides, *windows, self.fields.size, self.fields.step)
