"""conv2d: y[f, p] = b[f] + sum over c, i, j of W[f, c, i, j] x[c, s p + (i, j)], x zero-padded.

A fixed W is one 3 x 3 filter, the same for every channel, and is not trained: the gradient of the
brightness along x or y (Sobel & Feldman 1968), or its Laplacian.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.layers.convolution import Convolution, ConvolutionFields

FIXED = {
    "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel_y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "laplace": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
}


class Conv2dFields(ConvolutionFields, Protocol):
    """`fixed` is a key of `FIXED`, or None where W is trained."""

    fixed: str | None


class Conv2d(Convolution[Conv2dFields]):
    """Convolution over an image, (channels, height, width)."""

    channel_axis = 0

    def weights(self) -> Array:
        if self.fields.fixed is None:
            return super().weights()
        weight = np.tile(np.array(FIXED[self.fields.fixed], np.float32), (1, self.x.shape[1], 1, 1))
        self.buffers["weight"] = weight
        return weight
