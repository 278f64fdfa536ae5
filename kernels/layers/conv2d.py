"""conv2d: y[f, p] = b[f] + sum over c, i, j of W[f, c, i, j] x[c, s p + (i, j)], x zero-padded.

A fixed W is one filter of 3 x 3, the same for every channel, and is not trained:
Sobel & Feldman's (1968) slope of the brightness along x or y, or Laplace's second derivative.
"""

from __future__ import annotations

import numpy as np

from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.layers.convolution import Convolution

FIXED = {
    "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel_y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "laplace": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
}


class Conv2d(Convolution):
    """Over an image: channels x height x width."""

    channel_axis = 0

    def weights(self) -> Array:
        if self.fields.fixed is None:
            return super().weights()
        weight = np.tile(np.array(FIXED[self.fields.fixed], np.float32), (1, self.x.shape[1], 1, 1))
        self.buffers["weight"] = weight
        return weight
