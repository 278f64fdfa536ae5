"""Arrays as kernels need them: aligned, flat and contiguous."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np


def flat(array: Any) -> Any:
    """The elements of a contiguous array in one dimension, without a copy."""
    assert array.flags.c_contiguous
    return array.reshape(-1)


def zeros(*shape: int, dtype: Any = np.float32) -> Any:
    """Allocate zeros aligned to a cache line: a vector across two lines would cost two loads."""
    size = prod(shape)
    line = 64 // np.dtype(dtype).itemsize
    array = np.zeros(size + line, dtype)
    start = -array.ctypes.data % 64 // array.itemsize
    return array[start : start + size].reshape(shape)


def share(count: int, part: int, parts: int) -> tuple[int, int]:
    """Start and stop of the `part`-th of `parts` nearly equal shares of range(count)."""
    return part * count // parts, (part + 1) * count // parts
