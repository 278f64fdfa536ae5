"""Arrays as kernels want them: aligned, flat, and shared out."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np


def flat(array: Any) -> Any:
    """All elements in one row, without a copy."""
    assert array.flags.c_contiguous
    return array.reshape(-1)


def zeros(*shape: int, dtype: Any = np.float32) -> Any:
    """Zeros that begin a cache line: a vector that crosses two lines costs two loads."""
    size = prod(shape)
    line = 64 // np.dtype(dtype).itemsize
    array = np.zeros(size + line, dtype)
    start = -array.ctypes.data % 64 // array.itemsize
    return array[start : start + size].reshape(shape)


def share(count: int, part: int, parts: int) -> tuple[int, int]:
    """First and last+1 of the `part`-th of `parts` nearly equal shares of `count` things."""
    return part * count // parts, (part + 1) * count // parts
