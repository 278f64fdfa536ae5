"""Resizing images by bilinear interpolation between pixel centres."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

AT_ONCE = 64  # images, to limit the memory for intermediate results

Images = npt.NDArray[np.float32]


def resize(images: Images, height: int, width: int) -> Images:
    """Resize (samples, h, w) to (samples, height, width), as PyTorch without align_corners."""
    resized = np.empty((len(images), height, width), np.float32)
    for first in range(0, len(images), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        resized[some] = _along(_along(images[some], height, axis=1), width, axis=2)
    return resized


def _along(images: Images, size: int, axis: int) -> Images:
    """Resize one axis."""
    old = images.shape[axis]
    if old == size:
        return images
    place = np.clip((np.arange(size) + 0.5) * old / size - 0.5, 0, old - 1)
    low = place.astype(np.intp)
    high = np.minimum(low + 1, old - 1)
    shape = [1, 1, 1]
    shape[axis] = size
    part = (place - low).astype(np.float32).reshape(shape)
    resized: Images = images.take(low, axis) * (1 - part) + images.take(high, axis) * part
    return resized
