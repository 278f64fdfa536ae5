"""Resizing images: bilinear between pixel centres, and by means where they become smaller."""

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


def resize_smoothly(images: Images, height: int, width: int) -> Images:
    """Resize (..., h, w) to (..., height, width); a side that becomes shorter, by weighted means.

    Without means, most pixels of a large photograph would not count at all.
    """
    for axis, size in ((-2, height), (-1, width)):
        grows = size >= images.shape[axis]
        images = _along(images, size, axis) if grows else _means_along(images, size, axis)
    return images


def _means_along(images: Images, size: int, axis: int) -> Images:
    """Make one axis shorter; a pixel's weight falls linearly with the distance from the centre.

    The triangle filter, as Pillow's bilinear and PyTorch's antialiased interpolation.
    """
    old = images.shape[axis]
    support = old / size
    centres = (np.arange(size) + 0.5) * support - 0.5
    first = np.ceil(centres - support).astype(np.intp)
    places = first[:, None] + np.arange(int(2 * support) + 1)
    weights = np.maximum(1 - abs(places - centres[:, None]) / support, 0)
    weights *= (places >= 0) & (places < old)
    weights /= weights.sum(axis=1, keepdims=True)
    shape = _shape_along(images, axis)
    means = np.zeros(1, np.float32)
    for place, weight in zip(places.T.clip(0, old - 1), weights.T.astype(np.float32), strict=True):
        means = means + images.take(place, axis) * weight.reshape(shape)
    return means


def _along(images: Images, size: int, axis: int) -> Images:
    """Resize one axis, bilinear."""
    old = images.shape[axis]
    if old == size:
        return images
    place = np.clip((np.arange(size) + 0.5) * old / size - 0.5, 0, old - 1)
    low = place.astype(np.intp)
    high = np.minimum(low + 1, old - 1)
    part = (place - low).astype(np.float32).reshape(_shape_along(images, axis))
    resized: Images = images.take(low, axis) * (1 - part) + images.take(high, axis) * part
    return resized


def _shape_along(images: Images, axis: int) -> list[int]:
    """The shape of numbers for one axis of images, to be multiplied with all of them."""
    shape = [1] * images.ndim
    shape[axis] = -1
    return shape
