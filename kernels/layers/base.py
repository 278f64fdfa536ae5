"""The base of all layers: each offers lists of kernel calls with their arrays already bound.

A network is built once; a training step then runs these lists. Each thread runs `forward` and
`backward` for its own blocks of samples; after a barrier it does its share of `reduce`, which adds
up the weights' gradients in block order, so results do not depend on the number of threads. A layer
that needs the whole mini-batch puts BARRIER between its calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NoReturn

import numpy as np

from tui_dl.kernels.core.arrays import zeros
from tui_dl.kernels.core.fields import Fields_co
from tui_dl.kernels.core.jit import Array, Ints, Tokens
from tui_dl.kernels.core.lanes import LANES
from tui_dl.kernels.core.program import Call


@dataclass(frozen=True)
class Batch:
    """A mini-batch as layers see it, beside the numbers of its samples.

    Attributes:
        lengths: (blocks, LANES) time steps of every lane's sample, after which it is padded; 1
            where there is no time axis, 0 in a lane without a sample.
        step: (1,) number of updates so far.
        active: (1,) number of blocks that hold samples; they come first, and the others still hold
            those of an earlier mini-batch.
        seed: seed of the run's random numbers.
        targets: (blocks, times, LANES) target token ids of every lane's sample, negative where
            there is none; None where no layer reads them.
    """

    lengths: Tokens
    step: Ints
    active: Ints
    seed: int
    targets: Tokens | None = None


class Layer(Generic[Fields_co]):
    """One layer over arrays of (blocks, *shape of a sample, LANES).

    Attributes:
        x, y: input and output.
        dx, dy: their gradients; dx is None where no layer before has weights.
        output_batch: the `Batch` for the layers after this one, whose lengths may differ.
        w, dw: weights and their gradients by name, in PyTorch's layout.
        buffers: other arrays of the network's state, which are not trained, by name.
        can_fuse_relu: whether this kind of layer can compute max(y, 0) at no extra cost.
        fuse_relu: whether it does, for the relu after it.
        is_relu: whether y is max(x, 0).
        embeds_tokens: whether y is the row of its weight for each token id in x.
        can_sum_by_token: whether it can compute dw of a layer before that embeds tokens.
        fused: whether the layer after this one computes its dw.
        running: running averages of statistics of x, which belong to the weights; () without any.
        momentum: (1,) the share of the newest mini-batch in `running`.
    """

    can_fuse_relu: ClassVar[bool] = False
    is_relu: ClassVar[bool] = False
    embeds_tokens: ClassVar[bool] = False
    can_sum_by_token: ClassVar[bool] = False
    running: tuple[Array, ...] = ()
    momentum: Array

    def __init__(
        self,
        name: str,
        fields: Fields_co,
        x: Any,
        dx: Array | None,
        output: tuple[int, ...],
        w: dict[str, Array],
        dw: dict[str, Array],
        batch: Batch,
    ) -> None:
        """Allocate the output, of as many blocks as `x` has.

        Args:
            name: of the layer, as in error messages.
            fields: the table of the layer in the experiment file.
            x: (blocks, *shape, LANES) input: float32, or int32 token ids.
            dx: its gradient, which `backward` writes, or None.
            output: shape of one sample of the output.
            w: weights by name.
            dw: gradients of those, which `reduce` writes.
            batch: of the input.

        Raises:
            ValueError: an array has a wrong type, shape or layout; the message begins with `name`.
        """
        self.name, self.fields = name, fields
        self.batch = self.output_batch = batch
        self.x, self.dx, self.w, self.dw = x, dx, w, dw
        self.buffers: dict[str, Array] = {}
        self.fuse_relu = self.fused = False
        self._check()
        self.y, self.dy = self.outputs(output)
        self.prepare()

    def prepare(self) -> None:
        """Allocate what this kind keeps beside x and y, whose arrays are there already."""

    def outputs(self, shape: tuple[int, ...]) -> tuple[Array, Array]:
        """Allocate y and dy; one sample has `shape`."""
        full = (len(self.x), *shape, LANES)
        return zeros(*full), zeros(*full)

    def fuse_with(self, before: Layer) -> None:
        """Share work with the layer before; called before a layer after this one exists."""
        self.refuse(f"cannot be fused with {before.name}")

    def bind_skip(self, skip: Array, dskip: Array | None) -> None:
        """Set a skip connection and its gradient; must be called before any list of calls."""
        self.refuse("has no skip connection")

    def pack(self, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of the calls to make whenever weights have changed."""
        return []

    def forward(self, blocks: slice) -> list[Call]:
        """Compute y from x for these blocks."""
        return []

    def evaluate(self, blocks: slice) -> list[Call]:
        """Compute y from x for these blocks in evaluation."""
        return self.forward(blocks)

    def backward(self, blocks: slice) -> list[Call]:
        """Compute dx from dy for these blocks, and what `reduce` needs of them."""
        return []

    def backward_evaluated(self, blocks: slice) -> list[Call]:
        """The same where y was computed by `evaluate`."""
        return self.backward(blocks)

    def backward_skip(self, blocks: slice) -> list[Call]:
        """Add to the gradient of a skip connection, after its body has written its own part."""
        return []

    def reduce(self, blocks: int, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of computing dw from the first `blocks` blocks."""
        return []

    def reset_averages(self) -> None:
        """Set `running` to the values before the first mini-batch."""

    def average(self) -> list[Call]:
        """Move `running` towards the statistics of the current mini-batch."""
        return []

    def _check(self) -> None:
        """Raise ValueError for arrays that kernels would read or write wrongly."""
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
            self.refuse(f"the input is {self.x.shape}, not (blocks, ..., {LANES})")

    def refuse(self, reason: str) -> NoReturn:
        """Raise ValueError; the message begins with this layer's name."""
        raise ValueError(f"{self.name}: {reason}")
