"""What every kind of layer offers: lists of kernel calls with their arrays already bound.

A network is built once; a step then is running down lists of calls. One worker thread owns some of
the shards and runs `forward` and `backward` for those; when all have, each does its share of
`reduce`, which makes the weights' gradients, in an order that does not depend on the threads.
Where a layer must have seen the whole mini-batch, MEET stands between its calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.jit import Array, Ints, Tokens
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call


@dataclass(frozen=True)
class Batch:
    """What layers know of a mini-batch beside its numbers.

    Attributes:
        lengths: (shards, LANES) time steps of every lane's sample, the rest being padding; 1 where
            there is no time, 0 in a lane without a sample.
        step: (1,) how many updates were made.
        active: (1,) how many shards hold samples; they come first, and what the others hold is
            of an earlier mini-batch.
        seed: of the run's random numbers.
        wanted: (shards, times, LANES) the symbols wanted of every lane's sample, negative where
            none is; None where no layer reads them.
    """

    lengths: Tokens
    step: Ints
    active: Ints
    seed: int
    targets: Tokens | None = None


class Layer:
    """One layer over arrays of (shards, shape of a sample, LANES).

    Attributes:
        x, y: input and output.
        dx, dy: their gradients; dx is None where nobody needs it.
        output_batch: what the layers behind know of the mini-batch.
        w, dw: weights and their gradients by name, in PyTorch's layout.
        buffers: what else belongs to the network's state, by name.
        can_fuse_relu: whether this kind of layer can make max(y, 0) of its output at no cost.
        fuse_relu: whether it does, for the relu behind it.
    """

    can_fuse_relu: ClassVar[bool] = False

    def __init__(
        self,
        name: str,
        fields: Any,
        x: Any,
        dx: Array | None,
        output: tuple[int, ...],
        w: dict[str, Array],
        dw: dict[str, Array],
        batch: Batch,
    ) -> None:
        """Allocate the output for as many shards as `x` has; `fields` are the layer's in TOML.

        Raises:
            ValueError: an array is not what kernels take; the message begins with `name`.
        """
        self.name, self.fields = name, fields
        self.batch = self.output_batch = batch
        self.x, self.dx, self.w, self.dw = x, dx, w, dw
        self.buffers: dict[str, Array] = {}
        self.fuse_relu = False
        self._check()
        self.y, self.dy = self.outputs(output)

    def outputs(self, shape: tuple[int, ...]) -> tuple[Array, Array]:
        """Arrays for y and dy, one sample of which has `shape`."""
        full = (len(self.x), *shape, LANES)
        return zeros(*full), zeros(*full)

    def pack(self, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of what must be done whenever weights have changed."""
        return []

    def forward(self, blocks: slice) -> list[Call]:
        """Make y of x."""
        return []

    def evaluate(self, blocks: slice) -> list[Call]:
        """Make y of x where nothing is learned."""
        return self.forward(blocks)

    def backward(self, blocks: slice) -> list[Call]:
        """Make dx of dy, and whatever `reduce` needs of these shards."""
        return []

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of making dw from the first `blocks` shards."""
        return []

    def _check(self) -> None:
        """Refuse what kernels would read or write wrongly."""
        arrays = {"input": (self.x, self.x), "input's gradient": (self.dx, self.x)}
        arrays |= {key: (w, w) for key, w in self.w.items()}
        arrays |= {f"gradient of {key}": (dw, self.w[key]) for key, dw in self.dw.items()}
        for what, (array, like) in arrays.items():
            if array is None:
                continue
            if array.dtype != np.float32 and not (array is self.x and array.dtype == np.int32):
                self.refuse(f"the {what} is {array.dtype}, not float32")
            if not array.flags.c_contiguous:
                self.refuse(f"the {what}, {array.shape}, is not contiguous")
            if array.shape != like.shape or not array.size:
                self.refuse(f"the {what} is {array.shape} where {like.shape} belongs")
        if self.x.shape[-1] != LANES:
            self.refuse(f"the input is {self.x.shape}, not (shards, ..., {LANES})")

    def refuse(self, says: str) -> NoReturn:
        """Raise ValueError with this layer's name."""
        raise ValueError(f"{self.name}: {says}")
