"""Moves images of validation and test, once."""

from __future__ import annotations

import numpy as np

from tui_dl.data.resize import Images
from tui_dl.support.rng import stream


def shift(images: Images, pixels: int, seed: int, split: int = 0) -> Images:
    """Move each of (samples, ..., height, width) images by up to `pixels` each way; the edge is 0.

    Images of another `split` move otherwise.
    """
    count, *_, height, width = images.shape
    random = stream(seed, "evaluation shift", split)
    moves = random.integers(-pixels, pixels, (count, 2), endpoint=True)
    moved = np.zeros_like(images)
    for image, into, (down, right) in zip(images, moved, moves.tolist(), strict=True):
        rows, columns = _overlap(down, height), _overlap(right, width)
        into[..., rows[1], columns[1]] = image[..., rows[0], columns[0]]
    return moved


def _overlap(by: int, size: int) -> tuple[slice, slice]:
    """Where what stays in sight was on an axis of `size`, and where it is after a move."""
    stays = max(size - abs(by), 0)
    before, after = max(-by, 0), max(by, 0)
    return slice(before, before + stays), slice(after, after + stays)
