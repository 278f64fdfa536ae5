"""The base of all layers: tensor specs, shapes, and what each layer says of its cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import Annotated, ClassVar, Literal, NamedTuple

import msgspec

from tui_dl.spec.config_error import ConfigError

Shape = tuple[int, ...]


Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


Initializer = Literal["default", "zeros", "normal", "uniform", "glorot", "he", "orthogonal"]


INSIDE = "layers"  # the key of a layer that is made of others


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
    """Position of a layer in its network, as far as the arrays it needs depend on it."""

    learns: bool  # whether a layer before has weights, so that the gradient goes on to it
    before: Layer | None = None  # None at the beginning of the network, or of a residual's layers
    behind: Layer | None = None
    vocab_size: int = 0  # of the layer before


class TensorSpec(NamedTuple):
    """Shape of one sample between two layers: real numbers, or token ids ``0..vocab_size-1``."""

    shape: Shape
    vocab_size: int = 0  # 0 means real numbers
    target: TensorSpec | None = None  # the network's target, for a decoder

    @property
    def size(self) -> int:
        """How many numbers one sample has here."""
        return prod(self.shape)

    @property
    def steps(self) -> int:
        """Time steps of a sequence; 1 where there is no time."""
        return self.shape[0] if self.vocab_size or len(self.shape) == 2 else 1

    def __str__(self) -> str:
        text = " × ".join(map(str, self.shape))
        return f"{text} tokens of {self.vocab_size}" if self.vocab_size else text


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One layer: its shape rule, its parameters and its cost.

    Attributes:
        fuses_relu: its kernels compute a relu row right after it, too.
        reads_target: its output is made from the network's target, which its input names.
        embeds_tokens: its output is a row of its weights for every token.
        can_sum_by_token: it can make the gradient of an embedding right before it, too.
        is_recurrent: it goes through a sequence step by step with a state.
        gates: how many matrices are stacked in one of its weights; each has its own initial values.
        is_activation: it applies a nonlinear function to each number.
        saturates: its slope is near 0 where its output is near one of two bounds.
        can_die: a unit whose output is 0 for every sample learns nothing anymore.
        is_identity: in an evaluation it changes no number, only at most the shape.
        gives_probabilities: its outputs are none that a loss over logits can take.
        uses_batch_statistics: it normalises by the mean and deviation over the mini-batch.
        width_key: the key that says how many features it makes; empty where none does.
        size_keys: the keys that make its arrays larger.
    """

    fuses_relu: ClassVar[bool] = False
    reads_target: ClassVar[bool] = False
    embeds_tokens: ClassVar[bool] = False
    can_sum_by_token: ClassVar[bool] = False
    is_recurrent: ClassVar[bool] = False
    gates: ClassVar[int] = 1
    is_activation: ClassVar[bool] = False
    saturates: ClassVar[bool] = False
    can_die: ClassVar[bool] = False
    is_identity: ClassVar[bool] = False
    gives_probabilities: ClassVar[bool] = False
    uses_batch_statistics: ClassVar[bool] = False
    width_key: ClassVar[str] = ""
    size_keys: ClassVar[tuple[str, ...]] = ()

    @property
    def mixes_time(self) -> bool:
        """Whether an output at one time step is made from inputs at later ones."""
        return False

    def check(self) -> None:
        """Raise ConfigError where its keys contradict each other, whatever its input."""

    def relative_slope(self, y: float) -> float:
        """Slope where the output is `y`, over the largest one; of layers that saturate."""
        raise NotImplementedError

    def owner(self, tensor: str, input: TensorSpec) -> tuple[Layer, TensorSpec, str]:
        """The layer that has the `tensor`, its input, and the tensor's name there.

        That is the layer itself, unless it is made of other layers.
        """
        return self, input, tensor

    def default_bound(self, input: TensorSpec) -> float | None:
        """The b of PyTorch's initial values, uniform between -b and b; None for N(0, 1)."""
        return 1 / sqrt(prod(self.parameters(input)["weight"][1:]))

    def output(self, input: TensorSpec) -> TensorSpec:
        """Shape of the output for an `input`; raises ConfigError where the layer cannot take it."""
        if input.vocab_size:
            raise ConfigError(
                "", f"needs numbers, not token ids ({input}): put an embedding row before it"
            )
        return TensorSpec(self.shape(input.shape))

    def shape(self, input: Shape) -> Shape:
        """The output shape for an input of real numbers."""
        return input

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        """Shape of every trained tensor, by PyTorch's name and layout."""
        return {}

    def flops(self, input: TensorSpec) -> int:
        """Floating-point operations of one sample's forward pass."""
        return self.output(input).size

    def formula(self, input: TensorSpec) -> str:
        """How the sides of its output are computed, with numbers; empty where that is plain."""
        return ""

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        """What its kernels keep: the output and its gradient, unless a layer keeps more."""
        size = LANES * self.output(input).size
        if place.learns or self.parameters(input):
            return Arrays(block=size, learning=size)
        return Arrays(block=size, unused=size)


def image(input: Shape) -> tuple[int, int, int]:
    """`input` as (channels, height, width), or a ConfigError."""
    if len(input) != 3:
        raise ConfigError(
            "",
            f"needs an image of channels × height × width, not {TensorSpec(input)}: "
            + _reshaped([1, *input] if len(input) == 2 else [1, 1, *input]),
        )
    return input[0], input[1], input[2]


def sequence(input: Shape) -> tuple[int, int]:
    """`input` as (time, features), or a ConfigError."""
    if len(input) != 2:
        sides = [*input, 1] if len(input) == 1 else [input[0] * input[1], *input[2:]]
        raise ConfigError(
            "", f"needs a sequence of time × features, not {TensorSpec(input)}: " + _reshaped(sides)
        )
    return input[0], input[1]


def _reshaped(sides: list[int]) -> str:
    return f"put a reshape row before it, such as shape = {sides}"


def sums_by_token(layer: Layer | None, tokens: int, vocab_size: int) -> bool:
    """Whether `layer` makes the gradient of an embedding before it, which reads so many tokens.

    It does where the vocabulary is no larger than the number of tokens in a block of samples.
    """
    return layer is not None and layer.can_sum_by_token and vocab_size <= LANES * tokens


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
