"""Layers with weights that multiply: dense and convolutions."""

from __future__ import annotations

from math import prod
from typing import Annotated, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import (
    LANES,
    Arrays,
    Initializer,
    Layer,
    Place,
    Positive,
    Shape,
    TensorSpec,
    image,
    row_of,
    sequence,
    weight_gradient,
)


class Dense(Layer, frozen=True, tag="dense"):
    """y = W x + b, with W of shape (units, inputs); the same at every time of a sequence."""

    fuses_relu = True
    width_key = "units"
    size_keys = ("units",)

    units: Positive
    bias: bool = True
    initializer: Initializer = "default"

    def shape(self, input: Shape) -> Shape:
        if len(input) not in (1, 2):
            raise ConfigError(
                "", f"needs a flat input, not {TensorSpec(input)}: put a flatten row before it"
            )
        return (*input[:-1], self.units)

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        weight = {"weight": (self.units, input.shape[-1])}
        return weight | ({"bias": (self.units,)} if self.bias else {})

    def flops(self, input: TensorSpec) -> int:
        return 2 * input.size * self.units

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        inputs = input.shape[-1]
        weight, times = self.units * inputs, input.size // inputs
        packed = weight * (1 + place.learns) + (0 if self.bias else self.units)
        return super().arrays(input, place) + Arrays(
            learning=times * LANES * (row_of(self.units) + row_of(inputs)),
            fixed=packed + weight_gradient(self.units, inputs),
        )


class Convolution(Layer, frozen=True):
    """Filters slide over places; of n there are floor((n + zeros - kernel) / stride) + 1 left."""

    fuses_relu = True
    width_key = "filters"
    size_keys = ("filters",)

    filters: Positive
    kernel: Positive
    stride: Positive = 1
    padding: Annotated[int, msgspec.Meta(ge=0)] | Literal["same"] = 0
    bias: bool = True
    initializer: Initializer = "default"

    @property
    def margins(self) -> tuple[int, int]:
        """How many zeros stand before and behind the places of each axis."""
        if isinstance(self.padding, int):
            return self.padding, self.padding
        return (self.kernel - 1) // 2, self.kernel // 2

    def check(self) -> None:
        if self.padding != "same" and self.padding >= self.kernel:
            raise ConfigError(
                "",
                f"padding {self.padding} around a kernel of {self.kernel} makes windows of nothing "
                f"but zeros: use at most {self.kernel - 1}",
            )

    def side(self, side: int, input: Shape) -> int:
        """How many places are left of `side` along one axis of `input`."""
        if self.padding == "same" and self.stride > 1:
            raise ConfigError(
                "",
                f'padding "same" keeps every place, a stride of {self.stride} does not: '
                f"use a stride of 1{self._instead(input)}",
            )
        padded = side + sum(self.margins)
        if self.kernel > padded:
            by = f" padded by {self.padding}" if self.padding else ""
            raise ConfigError(
                "",
                f"kernel {self.kernel} is larger than its input {TensorSpec(input)}{by}, "
                f"{self._places(side)}: use a smaller kernel, more padding or less pooling "
                "before it",
            )
        return (padded - self.kernel) // self.stride + 1

    def formula(self, input: TensorSpec) -> str:
        sides = dict.fromkeys(self.sides(input.shape))
        return ", ".join(map(self._places, sides))

    def _places(self, side: int) -> str:
        """How many places are left of `side`, as it is computed."""
        zeros = sum(self.margins)
        left = (side + zeros - self.kernel) // self.stride + 1
        return f"floor(({side} + {zeros} - {self.kernel}) / {self.stride}) + 1 = {left}"

    def _instead(self, input: Shape) -> str:
        """The padding that leaves one place of every `stride`, if there is one."""
        sides, kernel, stride = self.sides(input), self.kernel, self.stride
        for padding in ((kernel - 1) // 2, kernel // 2):
            padded = [side + 2 * padding - kernel for side in sides]
            left = [wider // stride + 1 for wider in padded]
            if min(padded) >= 0 and left == [-(-side // stride) for side in sides]:
                return f", or padding = {padding}"
        return ""

    def window(self, input: Shape) -> Shape:
        """Channels and sides of what one output sees."""
        raise NotImplementedError

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        weight = {"weight": (self.filters, *self.window(input.shape))}
        return weight | ({"bias": (self.filters,)} if self.bias else {})

    def flops(self, input: TensorSpec) -> int:
        return 2 * prod(self.window(input.shape)) * self.output(input).size

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        channels, *taps = self.window(input.shape)
        weight, margin = self.filters * channels * prod(taps), sum(self.margins)
        tensors = self.parameters(input)
        padded = LANES * channels * self._wider(input, margin) if margin else 0
        spread = LANES * self.filters * self._wider(input, self.kernel - 1) * place.learns
        return super().arrays(input, place) + Arrays(
            block=padded,
            learning=sum(map(prod, tensors.values())) + spread,
            fixed=weight * (1 + place.learns) + (0 if "bias" in tensors else self.filters),
        )

    def _wider(self, input: TensorSpec, by: int) -> int:
        """Places of the input with so many more along every axis."""
        return prod(side + by for side in self.sides(input.shape))

    def sides(self, input: Shape) -> Shape:
        """Along which a filter slides."""
        raise NotImplementedError


class Conv1d(Convolution, frozen=True, tag="conv1d"):
    """Each filter slides along the time of a sequence; steps floor((n + 2p - k) / s) + 1."""

    @property
    def mixes_time(self) -> bool:
        return True

    def shape(self, input: Shape) -> Shape:
        time, _ = sequence(input)
        return (self.side(time, input), self.filters)

    def window(self, input: Shape) -> Shape:
        return (input[1], self.kernel)

    def sides(self, input: Shape) -> Shape:
        return input[:1]


class Conv2d(Convolution, frozen=True, tag="conv2d"):
    """Each filter slides over the image; output side floor((n + 2p - k) / s) + 1.

    A `fixed` filter is not trained: one of 3 × 3, the same on every channel, without a bias.
    """

    fixed: Literal["sobel_x", "sobel_y", "laplace"] | None = None

    def shape(self, input: Shape) -> Shape:
        _, height, width = image(input)
        if self.fixed and (self.filters, self.kernel) != (1, 3):
            raise ConfigError(
                "", f"{self.fixed} is one filter of 3 × 3: write filters = 1 and kernel = 3"
            )
        return (self.filters, self.side(height, input), self.side(width, input))

    def window(self, input: Shape) -> Shape:
        return (input[0], self.kernel, self.kernel)

    def sides(self, input: Shape) -> Shape:
        return input[1:]

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        return {} if self.fixed else super().parameters(input)

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        fixed = prod(self.window(input.shape)) if self.fixed else 0  # of one filter
        return super().arrays(input, place) + Arrays(fixed=fixed)
