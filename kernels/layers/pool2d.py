"""What pooling layers share: windows over every channel of an image."""

from __future__ import annotations

from tui_dl.kernels.layers.base import Layer


class Pool2d(Layer):
    """Windows of size x size, `step` apart."""

    def sizes(self, blocks: slice) -> tuple[int, ...]:
        """Planes, their height and width, rows and columns of windows, size and step."""
        _, channels, *sides, _ = self.x.shape
        windows = self.y.shape[2:4]
        planes = len(self.x[blocks]) * channels
        return (planes, *sides, *windows, self.fields.size, self.fields.step)
