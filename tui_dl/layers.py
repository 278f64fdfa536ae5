"""What each layer is: its fields, the shape it makes, its parameters and its cost.

A layer is one row of an experiment's network, decoded from TOML. It knows shapes only; the
arithmetic of kind ``k`` is in ``kernels/k.py``. Shapes leave out the batch: an image is
``(channels, height, width)``, a sequence ``(time, features)``, a sequence of symbols ``(time,)``.
"""

from __future__ import annotations

from math import prod
from typing import Annotated, ClassVar, Literal, NamedTuple

import msgspec

Shape = tuple[int, ...]
Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Initial = Literal["default", "zeros", "normal", "uniform", "glorot", "he", "orthogonal"]


class ShapeError(ValueError):
    """A layer cannot take the shape it is given."""


class Signal(NamedTuple):
    """What flows between two layers: real numbers, or symbols ``0..symbols-1``."""

    shape: Shape
    symbols: int = 0  # 0 means real numbers

    @property
    def size(self) -> int:
        """How many numbers one sample has here."""
        return prod(self.shape)

    def __str__(self) -> str:
        text = " × ".join(map(str, self.shape))
        return f"{text} of {self.symbols} symbols" if self.symbols else text


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One transformation; subclasses say how shapes change and what it costs."""

    def output(self, given: Signal) -> Signal:
        """The signal this layer makes of `given`; raises ShapeError where it cannot."""
        if given.symbols:
            raise ShapeError(
                f"needs numbers, not symbols ({given}): put an embedding row before it"
            )
        return Signal(self.shape(given.shape))

    def shape(self, given: Shape) -> Shape:
        """The output shape for an input of real numbers."""
        return given

    def parameters(self, given: Signal) -> dict[str, Shape]:
        """Shape of every trained tensor, by PyTorch's name and layout."""
        return {}

    def flops(self, given: Signal) -> int:
        """Floating-point operations of one sample's forward pass."""
        return self.output(given).size


class Dense(Layer, frozen=True, tag="dense"):
    """y = W x + b, with W of shape (units, inputs); the same at every time of a sequence."""

    units: Positive
    bias: bool = True
    initial: Initial = "default"

    def shape(self, given: Shape) -> Shape:
        if len(given) not in (1, 2):
            raise ShapeError(
                f"needs a flat input, not {Signal(given)}: put a flatten row before it"
            )
        return (*given[:-1], self.units)

    def parameters(self, given: Signal) -> dict[str, Shape]:
        weight = {"weight": (self.units, given.shape[-1])}
        return weight | ({"bias": (self.units,)} if self.bias else {})

    def flops(self, given: Signal) -> int:
        return 2 * given.size * self.units


class Convolution(Layer, frozen=True):
    """Filters slide over places; of n there are floor((n + zeros - kernel) / stride) + 1 left."""

    filters: Positive
    kernel: Positive
    stride: Positive = 1
    padding: Annotated[int, msgspec.Meta(ge=0)] | Literal["same"] = 0
    bias: bool = True
    initial: Initial = "default"

    @property
    def margins(self) -> tuple[int, int]:
        """How many zeros stand before and behind the places of each axis."""
        if isinstance(self.padding, int):
            return self.padding, self.padding
        return (self.kernel - 1) // 2, self.kernel // 2

    def side(self, side: int, given: Shape) -> int:
        """How many places are left of `side` along one axis of `given`."""
        if self.padding == "same" and self.stride > 1:
            raise ShapeError(
                f'padding "same" keeps every place, a stride of {self.stride} does not: '
                f"use a stride of 1, or padding = {self.kernel // 2}"
            )
        padded = side + sum(self.margins)
        if self.kernel > padded:
            by = f" padded by {self.padding}" if self.padding else ""
            raise ShapeError(
                f"kernel {self.kernel} is larger than its input {Signal(given)}{by}: "
                "use a smaller kernel, more padding or less pooling before it"
            )
        return (padded - self.kernel) // self.stride + 1

    def window(self, given: Shape) -> Shape:
        """Channels and sides of what one output sees."""
        raise NotImplementedError

    def parameters(self, given: Signal) -> dict[str, Shape]:
        weight = {"weight": (self.filters, *self.window(given.shape))}
        return weight | ({"bias": (self.filters,)} if self.bias else {})

    def flops(self, given: Signal) -> int:
        return 2 * prod(self.window(given.shape)) * self.output(given).size


class Conv1d(Convolution, frozen=True, tag="conv1d"):
    """Each filter slides along the time of a sequence; steps floor((n + 2p - k) / s) + 1."""

    def shape(self, given: Shape) -> Shape:
        time, _ = sequence(given)
        return (self.side(time, given), self.filters)

    def window(self, given: Shape) -> Shape:
        return (given[1], self.kernel)


class Conv2d(Convolution, frozen=True, tag="conv2d"):
    """Each filter slides over the image; output side floor((n + 2p - k) / s) + 1.

    A `fixed` filter is not trained: one of 3 × 3, the same on every channel, without a bias.
    """

    fixed: Literal["sobel_x", "sobel_y", "laplace"] | None = None

    def shape(self, given: Shape) -> Shape:
        _, height, width = image(given)
        if self.fixed and (self.filters, self.kernel) != (1, 3):
            raise ShapeError(
                f"{self.fixed} is one filter of 3 × 3: write filters = 1 and kernel = 3"
            )
        return (self.filters, self.side(height, given), self.side(width, given))

    def window(self, given: Shape) -> Shape:
        return (given[0], self.kernel, self.kernel)

    def parameters(self, given: Signal) -> dict[str, Shape]:
        return {} if self.fixed else super().parameters(given)


class Pool2d(Layer, frozen=True):
    """One number of each window of `size` x `size`, windows `stride` apart."""

    size: Positive = 2
    stride: Positive | None = None  # the window's own size unless given

    @property
    def step(self) -> int:
        """Distance between two windows."""
        return self.stride or self.size

    def shape(self, given: Shape) -> Shape:
        channels, height, width = image(given)
        if self.size > min(height, width):
            raise ShapeError(
                f"a window of {self.size} is larger than its input {Signal(given)}: nothing is "
                "left; pool less"
            )
        return (
            channels,
            (height - self.size) // self.step + 1,
            (width - self.size) // self.step + 1,
        )

    def flops(self, given: Signal) -> int:
        return self.size**2 * self.output(given).size


class MaxPool2d(Pool2d, frozen=True, tag="max_pool2d"):
    """The largest value of each window of `size` x `size`, windows `stride` apart."""


class AvgPool2d(Pool2d, frozen=True, tag="avg_pool2d"):
    """The mean of each window of `size` x `size`, windows `stride` apart."""


class GlobalAvgPool(Layer, frozen=True, tag="global_avg_pool"):
    """The mean of each channel over the whole image, or of each feature over a sequence's time."""

    def shape(self, given: Shape) -> Shape:
        if len(given) not in (2, 3):
            raise ShapeError(f"needs an image or a sequence, not {Signal(given)}")
        return given[:1] if len(given) == 3 else given[1:]

    def flops(self, given: Signal) -> int:
        return given.size


class Upsample2d(Layer, frozen=True, tag="upsample2d"):
    """Every place of an image `factor` x `factor` times."""

    factor: Positive = 2

    def shape(self, given: Shape) -> Shape:
        channels, height, width = image(given)
        return (channels, height * self.factor, width * self.factor)

    def flops(self, given: Signal) -> int:
        return 0


class Reshape(Layer, frozen=True, tag="reshape"):
    """The same numbers in the same order, in another shape."""

    sides: Annotated[tuple[Positive, ...], msgspec.Meta(min_length=1, max_length=3)] = (
        msgspec.field(name="shape")
    )

    def shape(self, given: Shape) -> Shape:
        numbers, there = prod(self.sides), prod(given)
        if numbers != there:
            raise ShapeError(
                f"{Signal(self.sides)} takes {numbers} numbers, its input {Signal(given)} has "
                f"{there}: choose sides whose product is {there}"
            )
        return self.sides

    def flops(self, given: Signal) -> int:
        return 0


class Flatten(Layer, frozen=True, tag="flatten"):
    """The same numbers in one row."""

    def shape(self, given: Shape) -> Shape:
        return (prod(given),)

    def flops(self, given: Signal) -> int:
        return 0


class Relu(Layer, frozen=True, tag="relu"):
    """max(x, 0)."""


class Sigmoid(Layer, frozen=True, tag="sigmoid"):
    """1 / (1 + exp(-x))."""


class Tanh(Layer, frozen=True, tag="tanh"):
    """tanh(x)."""


class LeakyRelu(Layer, frozen=True, tag="leaky_relu"):
    """x where it is positive, else slope * x."""

    slope: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.01


class Gelu(Layer, frozen=True, tag="gelu"):
    """x times the share of a normal distribution below x (Hendrycks & Gimpel 2016)."""


class Softmax(Layer, frozen=True, tag="softmax"):
    """exp(x) / sum of exp(x) over the features, of each time step where there are steps."""

    def shape(self, given: Shape) -> Shape:
        if len(given) == 3:
            raise ShapeError(
                f"needs numbers in a row or a sequence, not {Signal(given)}: "
                "put a flatten row before it"
            )
        return given

    def flops(self, given: Signal) -> int:
        return 4 * given.size


class LayerNorm(Layer, frozen=True, tag="layer_norm"):
    """(x - mean) / deviation of each sample, or each of its time steps; then weight * that + bias.

    Ba, Kiros & Hinton 2016.
    """

    epsilon: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1e-5

    def parameters(self, given: Signal) -> dict[str, Shape]:
        features = given.shape[1:] if len(given.shape) == 2 else given.shape
        return {"weight": features, "bias": features}

    def flops(self, given: Signal) -> int:
        return 8 * given.size


class BatchNorm(Layer, frozen=True, tag="batch_norm"):
    """(x - mean) / deviation of each channel over the mini-batch, then weight * that + bias."""

    momentum: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.1
    epsilon: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1e-5

    def shape(self, given: Shape) -> Shape:
        if len(given) not in (1, 3):
            raise ShapeError(f"needs an image or a flat input, not {Signal(given)}")
        return given

    def parameters(self, given: Signal) -> dict[str, Shape]:
        return {"weight": given.shape[:1], "bias": given.shape[:1]}

    def flops(self, given: Signal) -> int:
        return 8 * given.size


class Dropout(Layer, frozen=True, tag="dropout"):
    """Each unit 0 with probability `rate` while learning, the others over 1 - rate."""

    rate: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.5


class Embedding(Layer, frozen=True, tag="embedding"):
    """A trained vector of `size` numbers for every symbol."""

    size: Positive
    initial: Initial = "default"

    def output(self, given: Signal) -> Signal:
        if not given.symbols:
            raise ShapeError(
                f"needs symbols, but its input is {given} real numbers: remove this row"
            )
        return Signal((*given.shape, self.size))

    def parameters(self, given: Signal) -> dict[str, Shape]:
        return {"weight": (given.symbols, self.size)}

    def flops(self, given: Signal) -> int:
        return 0


class Recurrent(Layer, frozen=True):
    """Reads a sequence of time × features and gives its last hidden state, or all of them.

    If bidirectional, a second cell reads from the end, and both their states stand side by side.
    """

    gates: ClassVar[int]

    units: Positive
    output_: Literal["last", "sequence"] = msgspec.field(name="output", default="last")
    bidirectional: bool = False
    initial: Initial = "default"

    @property
    def directions(self) -> int:
        """How many cells read the sequence."""
        return 1 + self.bidirectional

    def shape(self, given: Shape) -> Shape:
        time, _ = sequence(given)
        states = self.directions * self.units
        return (time, states) if self.output_ == "sequence" else (states,)

    def parameters(self, given: Signal) -> dict[str, Shape]:
        sums = self.gates * self.units
        shapes = {
            "weight_ih_l0": (sums, given.shape[1]),
            "weight_hh_l0": (sums, self.units),
            "bias_ih_l0": (sums,),
            "bias_hh_l0": (sums,),
        }
        endings = ("", "_reverse")[: self.directions]
        return {name + ending: shape for ending in endings for name, shape in shapes.items()}

    def flops(self, given: Signal) -> int:
        time, features = given.shape
        return 2 * self.directions * time * self.gates * self.units * (features + self.units)


class Rnn(Recurrent, frozen=True, tag="rnn"):
    """h[t] = f(W_ih x[t] + b_ih + W_hh h[t-1] + b_hh), with f tanh or max(x, 0)."""

    gates = 1

    activation: Literal["tanh", "relu"] = "tanh"


class Lstm(Recurrent, frozen=True, tag="lstm"):
    """Gates decide what a cell forgets, takes in and shows (Hochreiter & Schmidhuber 1997)."""

    gates = 4


class Gru(Recurrent, frozen=True, tag="gru"):
    """Two gates mix the hidden state with a new one (Cho et al. 2014)."""

    gates = 3


class Repeat(Layer, frozen=True, tag="repeat"):
    """The rows of `layers`, `times` over, each with its own weights."""

    times: Positive
    layers: list[AnyLayer]


class Residual(Layer, frozen=True, tag="residual"):
    """x + f(x), the rows of `layers` being f (He et al. 2016)."""

    layers: list[AnyLayer]


AnyLayer = (
    Dense | Conv1d | Conv2d | MaxPool2d | AvgPool2d | GlobalAvgPool | Upsample2d
    | Flatten | Reshape | Relu | LeakyRelu | Gelu | Sigmoid | Tanh | Softmax
    | BatchNorm | LayerNorm | Dropout | Embedding | Rnn | Lstm | Gru | Repeat | Residual
)  # fmt: skip

KINDS: dict[str, type[Layer]] = {str(cls.__struct_config__.tag): cls for cls in AnyLayer.__args__}


def image(given: Shape) -> tuple[int, int, int]:
    """`given` as (channels, height, width), or a ShapeError."""
    if len(given) != 3:
        raise ShapeError(f"needs an image of channels × height × width, not {Signal(given)}")
    return given[0], given[1], given[2]


def sequence(given: Shape) -> tuple[int, int]:
    """`given` as (time, features), or a ShapeError."""
    if len(given) != 2:
        raise ShapeError(f"needs a sequence of time × features, not {Signal(given)}")
    return given[0], given[1]


def kind(table: msgspec.Struct) -> str:
    """The name, in an experiment file, of a layer or another table with a kind."""
    return str(table.__struct_config__.tag)
