"""The bundled digits, and the maps that fixed filters make of them."""

from __future__ import annotations

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.data.digits import read_digits
from tui_dl.data.resize import Images
from tui_dl.spec.data.edges import Edges

SMOOTH, SLOPE = np.array([1, 2, 1]), np.array([-1, 0, 1])
# Those that conv2d has as `fixed`: Sobel & Feldman's (1968), and the Laplacian.
FILTERS = {
    "sobel_x": np.outer(SMOOTH, SLOPE),
    "sobel_y": np.outer(SLOPE, SMOOTH),
    "laplace": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
}


def load(source: Edges, seed: int) -> Samples:
    """All digits, with ink from 0 to 1, and the map of each filter of `source`."""
    images, _ = read_digits(source.resize)
    maps = np.stack([correlated(images, FILTERS[name]) for name in source.filters], axis=1)
    return Samples(images.reshape(len(images), -1), maps)


def correlated(images: Images, weights: Images) -> Images:
    """Slide a filter (n, n) over (samples, height, width), without padding, as conv2d does.

    y[r, c] = sum over i, j of weights[i, j] x[r + i, c + j]
    """
    side = len(weights)
    height, width = (size - side + 1 for size in images.shape[1:])
    maps: Images = np.zeros((len(images), height, width), np.float32)
    for (row, column), weight in np.ndenumerate(weights):
        maps += np.float32(weight) * images[:, row : row + height, column : column + width]
    return maps
