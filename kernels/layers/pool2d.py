"""Square windows over every channel of an image: the loop over them, and the base of pooling.

Layers compute windows from images, or the gradient of images from that of windows. The arithmetic
of one window is in the file of each layer.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np

from tui_dl.kernels.core.arrays import flat
from tui_dl.kernels.core.jit import Array, kernel_of
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.layers.base import Layer

SIGNATURE = (
    "void(f4[::1], f4[::1], f4[::1], f4[::1], f4[::1], i8, i8, i8, i8, i8, i8, i8)"  # of `loop`
)


class Windows(NamedTuple):
    """Sides of the windows, the distance from one to the next, and a factor of all numbers."""

    size: int
    step: int
    share: float = 1

    def call(self, kernel: Any, images: Array, windows: Array, *known: Array) -> Call:
        """A call of a kernel that `window_kernel` made.

        Args:
            kernel: the kernel.
            images: (blocks, channels, height, width, LANES).
            windows: (blocks, channels, rows, columns, LANES).
            known: x and y, for backward of layers that need both.
        """
        both = [flat(array) for array in known] or [np.empty(0, np.float32)] * 2
        share = np.array([self.share], np.float32)
        planes = images.shape[0] * images.shape[1]
        sizes = planes, *images.shape[2:4], *windows.shape[2:4], self.size, self.step
        return partial(kernel, flat(images), flat(windows), *both, share, *sizes)


def window_kernel(name: str, window: Any, clears: bool) -> Any:
    """Make the kernel that calls a function for one window after another.

    Args:
        name: of the kernel.
        window: (images, windows, x, y, share, corner, row, size, at), a `part`. In images and x the
            window begins at `corner`, and its rows are `row` apart; its number in windows and y is
            at `at`. All are in floats.
        clears: whether images are set to 0 first.
    """

    @kernel_of(name, window.py_func.__module__, SIGNATURE)
    def loop(
        images: Array,
        windows: Array,
        x: Array,
        y: Array,
        share: Array,
        planes: int,
        height: int,
        width: int,
        rows: int,
        columns: int,
        size: int,
        step: int,
    ) -> None:
        if clears:
            images[:] = 0
        factor = share[0]
        for plane in range(planes):
            for r in range(rows):
                for c in range(columns):
                    corner = ((plane * height + r * step) * width + c * step) * LANES
                    at = ((plane * rows + r) * columns + c) * LANES
                    window(images, windows, x, y, factor, corner, width * LANES, size, at)

    return loop


class Pool2dFields(Protocol):
    """Sides of the windows, and the distance from one to the next."""

    size: int
    step: int


class Pool2d(Layer[Pool2dFields]):
    """Windows of size x size, with a stride of `step`."""

    @property
    def windows(self) -> Windows:
        """The windows of the experiment."""
        return Windows(self.fields.size, self.fields.step)
