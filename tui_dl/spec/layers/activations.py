"""Activation functions: layers that apply a function to each number, and softmax."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.layers.base import Arrays, Layer, Place, Shape, ShapeError, TensorSpec
from tui_dl.spec.layers.products import Convolution, Dense


class Relu(Layer, frozen=True, tag="relu"):
    """max(x, 0)."""

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        if isinstance(place.before, Dense | Convolution):  # whose kernels do it in place
            return Arrays()
        return super().arrays(input, place)


class LeakyRelu(Layer, frozen=True, tag="leaky_relu"):
    """x where it is positive, else slope * x."""

    slope: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.01


class Gelu(Layer, frozen=True, tag="gelu"):
    """x times the share of a normal distribution below x (Hendrycks & Gimpel 2016)."""


class Sigmoid(Layer, frozen=True, tag="sigmoid"):
    """1 / (1 + exp(-x))."""


class Tanh(Layer, frozen=True, tag="tanh"):
    """tanh(x)."""


class Softmax(Layer, frozen=True, tag="softmax"):
    """exp(x) / sum of exp(x) over the features, of each time step where there are steps."""

    def shape(self, input: Shape) -> Shape:
        if len(input) == 3:
            raise ShapeError(
                f"needs numbers in a row or a sequence, not {TensorSpec(input)}: "
                "put a flatten row before it"
            )
        return input

    def flops(self, input: TensorSpec) -> int:
        return 4 * input.size
