"""What every kind of layer offers: lists of kernel calls with their arrays already bound.

A network is built once; a step then is running down lists of calls. One worker thread owns some of
the shards and runs `forward` and `backward` for those; when all have, each does its share of
`reduce`, which makes the weights' gradients, in an order that does not depend on the threads.
"""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any

import numpy as np

from tui_dl.kernels.jit import Array
from tui_dl.kernels.lanes import LANES

Call = partial[None]  # a kernel with its arguments


class Layer:
    """One layer over arrays of (shards, shape of a sample, LANES).

    Attributes:
        x, y: input and output.
        dx, dy: their gradients; dx is None where nobody needs it.
        w, dw: weights and their gradients by name, in PyTorch's layout.
    """

    def __init__(
        self,
        fields: Any,
        x: Any,
        dx: Array | None,
        output: tuple[int, ...],
        w: dict[str, Array],
        dw: dict[str, Array],
    ) -> None:
        """Allocate the output for as many shards as `x` has; `fields` are the layer's in TOML."""
        self.fields, self.x, self.dx, self.w, self.dw = fields, x, dx, w, dw
        self.y, self.dy = self.outputs(output)

    def outputs(self, shape: tuple[int, ...]) -> tuple[Array, Array]:
        """Arrays for y and dy, one sample of which has `shape`."""
        full = (len(self.x), *shape, LANES)
        return zeros(*full), zeros(*full)

    def pack(self, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of what must be done whenever weights have changed."""
        return []

    def forward(self, shards: slice) -> list[Call]:
        """Make y of x."""
        return []

    def backward(self, shards: slice) -> list[Call]:
        """Make dx of dy, and whatever `reduce` needs of these shards."""
        return []

    def reduce(self, shards: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of making dw from the first `shards` shards."""
        return []


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
