"""avg_pool2d: y is the mean of its window; every x of the window gets an equal share of dy."""

from __future__ import annotations

from numpy import float32

from tui_dl.kernels.core.jit import Array, part
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.vectors import broadcast, load, store
from tui_dl.kernels.layers.pool2d import Pool2d, Windows, window_kernel


@part
def window_sum(
    images: Array, windows: Array, x: Array, y: Array, share: float32,
    corner: int, row: int, size: int, at: int,
) -> None:  # fmt: skip
    """Write the sum of a window times `share` to windows; see `window_kernel`."""
    sums = broadcast(float32(0))
    for i in range(size):
        for j in range(size):
            sums = sums + load(images, corner + i * row + j * LANES)
    store(windows, at, sums * broadcast(share))


@part
def window_share(
    images: Array, windows: Array, x: Array, y: Array, share: float32,
    corner: int, row: int, size: int, at: int,
) -> None:  # fmt: skip
    """Add the number of a window times `share` to all its places; see `window_kernel`."""
    own = load(windows, at) * broadcast(share)
    for i in range(size):
        for j in range(size):
            here = corner + i * row + j * LANES
            store(images, here, load(images, here) + own)


window_sums = window_kernel("window_sums", window_sum, clears=False)
window_shares = window_kernel("window_shares", window_share, clears=True)


class AvgPool2d(Pool2d):
    """Mean pooling; the gradient is 0 at places that no window covers."""

    @property
    def windows(self) -> Windows:
        return super().windows._replace(share=1 / self.fields.size**2)

    def forward(self, blocks: slice) -> list[Call]:
        return [self.windows.call(window_sums, self.x[blocks], self.y[blocks])]

    def backward(self, blocks: slice) -> list[Call]:
        if self.dx is None:
            return []
        return [self.windows.call(window_shares, self.dx[blocks], self.dy[blocks])]
