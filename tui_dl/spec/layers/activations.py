"""Activation functions: layers that apply a function to each number, and softmax."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import Arrays, Layer, Place, Shape, TensorSpec


class Relu(Layer, frozen=True, tag="relu"):
    """max(x, 0)."""

    is_activation = True
    can_die = True

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        if place.before and place.before.fuses_relu:
            return Arrays()
        return super().arrays(input, place)


class LeakyRelu(Layer, frozen=True, tag="leaky_relu"):
    """x where it is positive, else slope * x."""

    is_activation = True

    slope: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.01


class Gelu(Layer, frozen=True, tag="gelu"):
    """x times the share of a normal distribution below x (Hendrycks & Gimpel 2016)."""

    is_activation = True


class Sigmoid(Layer, frozen=True, tag="sigmoid"):
    """1 / (1 + exp(-x))."""

    is_activation = True
    saturates = True
    gives_probabilities = True

    def relative_slope(self, y: float) -> float:
        return 4 * y * (1 - y)


class Tanh(Layer, frozen=True, tag="tanh"):
    """tanh(x)."""

    is_activation = True
    saturates = True

    def relative_slope(self, y: float) -> float:
        return 1 - y * y


class Softmax(Layer, frozen=True, tag="softmax"):
    """exp(x) / sum of exp(x) over the features, of each time step where there are steps."""

    gives_probabilities = True

    def shape(self, input: Shape) -> Shape:
        if len(input) == 3:
            raise ConfigError(
                "",
                f"needs numbers in a row or a sequence, not {TensorSpec(input)}: "
                "put a flatten row before it",
            )
        return input

    def flops(self, input: TensorSpec) -> int:
        return 4 * input.size
