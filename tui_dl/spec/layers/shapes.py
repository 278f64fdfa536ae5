"""Layers that change the shape only: flatten and reshape."""

from __future__ import annotations

from math import prod
from typing import Annotated

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import Arrays, Layer, Place, Positive, Shape, TensorSpec


class Flatten(Layer, frozen=True, tag="flatten"):
    """The same numbers in one row."""

    is_identity = True

    @property
    def mixes_time(self) -> bool:
        return True

    def shape(self, input: Shape) -> Shape:
        return (prod(input),)

    def flops(self, input: TensorSpec) -> int:
        return 0

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        return Arrays()


class Reshape(Layer, frozen=True, tag="reshape"):
    """The same numbers in the same order, in another shape."""

    is_identity = True

    sides: Annotated[tuple[Positive, ...], msgspec.Meta(min_length=1, max_length=3)] = (
        msgspec.field(name="shape")
    )

    @property
    def mixes_time(self) -> bool:
        return True

    def shape(self, input: Shape) -> Shape:
        numbers, there = prod(self.sides), prod(input)
        if numbers != there:
            raise ConfigError(
                "",
                f"{TensorSpec(self.sides)} takes {numbers} numbers, and its input "
                f"{TensorSpec(input)} has {there}: choose sides whose product is {there}",
            )
        return self.sides

    def flops(self, input: TensorSpec) -> int:
        return 0

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        return Arrays()
