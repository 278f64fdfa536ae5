"""What all layers share: signals, shapes, and what a layer says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Annotated, Literal, NamedTuple

import msgspec

Shape = tuple[int, ...]


Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


Initial = Literal["default", "zeros", "normal", "uniform", "glorot", "he", "orthogonal"]


class ShapeError(ValueError):
    """A layer cannot take the shape it is given."""


LANES = 16  # samples that stand side by side in every array: a block of them


@dataclass(frozen=True)
class Arrays:
    """How many numbers of 32 bits the kernels of a layer keep, beside weights and their gradients.

    Attributes:
        block: for every block of LANES samples.
        learning: for every block too, written only where something is learned.
        unused: for every block too, but this network never writes them: they take no memory.
        fixed: whatever the mini-batch.
    """

    block: int = 0
    learning: int = 0
    unused: int = 0
    fixed: int = 0

    def __add__(self, more: Arrays) -> Arrays:
        return Arrays(
            self.block + more.block,
            self.learning + more.learning,
            self.unused + more.unused,
            self.fixed + more.fixed,
        )


class Place(NamedTuple):
    """Where a layer stands in its network, as far as its arrays depend on that."""

    learns: bool  # whether a layer before has weights, so that the gradient goes on to it
    before: Layer | None = None  # None at the beginning of the network, or of a residual's layers
    behind: Layer | None = None
    symbols: int = 0  # that the layer before reads


class TensorSpec(NamedTuple):
    """What flows between two layers: real numbers, or symbols ``0..symbols-1``."""

    shape: Shape
    symbols: int = 0  # 0 means real numbers
    target: TensorSpec | None = None  # what is wanted in the end, for a layer that reads it

    @property
    def size(self) -> int:
        """How many numbers one sample has here."""
        return prod(self.shape)

    @property
    def steps(self) -> int:
        """Time steps of a sequence; 1 where there is no time."""
        return self.shape[0] if self.symbols or len(self.shape) == 2 else 1

    def __str__(self) -> str:
        text = " × ".join(map(str, self.shape))
        return f"{text} of {self.symbols} symbols" if self.symbols else text


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One transformation; subclasses say how shapes change and what it costs."""

    def output(self, given: TensorSpec) -> TensorSpec:
        """The signal this layer makes of `given`; raises ShapeError where it cannot."""
        if given.symbols:
            raise ShapeError(
                f"needs numbers, not symbols ({given}): put an embedding row before it"
            )
        return TensorSpec(self.shape(given.shape))

    def shape(self, given: Shape) -> Shape:
        """The output shape for an input of real numbers."""
        return given

    def parameters(self, given: TensorSpec) -> dict[str, Shape]:
        """Shape of every trained tensor, by PyTorch's name and layout."""
        return {}

    def flops(self, given: TensorSpec) -> int:
        """Floating-point operations of one sample's forward pass."""
        return self.output(given).size

    def arrays(self, given: TensorSpec, place: Place) -> Arrays:
        """What its kernels keep: the output and its gradient, unless a layer keeps more."""
        size = LANES * self.output(given).size
        if place.learns or self.parameters(given):
            return Arrays(block=size, learning=size)
        return Arrays(block=size, unused=size)


def image(given: Shape) -> tuple[int, int, int]:
    """`given` as (channels, height, width), or a ShapeError."""
    if len(given) != 3:
        raise ShapeError(
            f"needs an image of channels × height × width, not {TensorSpec(given)}: "
            + _reshaped([1, *given] if len(given) == 2 else [1, 1, *given])
        )
    return given[0], given[1], given[2]


def sequence(given: Shape) -> tuple[int, int]:
    """`given` as (time, features), or a ShapeError."""
    if len(given) != 2:
        sides = [*given, 1] if len(given) == 1 else [given[0] * given[1], *given[2:]]
        raise ShapeError(
            f"needs a sequence of time × features, not {TensorSpec(given)}: " + _reshaped(sides)
        )
    return given[0], given[1]


def _reshaped(sides: list[int]) -> str:
    return f"put a reshape row before it, such as shape = {sides}"


def kind(table: msgspec.Struct) -> str:
    """The name, in an experiment file, of a layer or another table with a kind."""
    return str(table.__struct_config__.tag)


def tiled(features: int) -> int:
    """So many features as whole tiles of LANES."""
    return -(-features // LANES) * LANES


def row_of(features: int) -> int:
    """How far apart the kernels keep samples whose features stand in rows."""
    width = tiled(features)
    return width + LANES if width % (4 * LANES) == 0 else width


def weight_gradient(outputs: int, inputs: int) -> int:
    """What is kept to make the gradient of a matrix: where sums begin, and rows in whole tiles."""
    return outputs + (outputs * tiled(inputs) if inputs % LANES else 0)
