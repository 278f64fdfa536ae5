"""Pooling and upsampling of images."""

from __future__ import annotations

from math import prod

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import LANES, Arrays, Layer, Place, Positive, Shape, TensorSpec, image


class Pool2d(Layer, frozen=True):
    """One number of each window of `size` x `size`, windows `stride` apart."""

    size_keys = ("size",)

    size: Positive = 2
    stride: Positive | None = None  # the window's own size unless given

    @property
    def step(self) -> int:
        """Distance between two windows."""
        return self.stride or self.size

    def shape(self, input: Shape) -> Shape:
        channels, height, width = image(input)
        side = min(height, width)
        if self.size > side:
            raise ConfigError(
                "",
                f"a window of {self.size} is larger than its input {TensorSpec(input)}, "
                f"{self._places(side)}: pool less",
            )
        return (
            channels,
            (height - self.size) // self.step + 1,
            (width - self.size) // self.step + 1,
        )

    def formula(self, input: TensorSpec) -> str:
        return ", ".join(map(self._places, dict.fromkeys(input.shape[1:])))

    def _places(self, side: int) -> str:
        """How many windows there are along `side`, as it is computed."""
        left = (side - self.size) // self.step + 1
        return f"floor(({side} - {self.size}) / {self.step}) + 1 = {left}"

    def flops(self, input: TensorSpec) -> int:
        return self.size**2 * self.output(input).size


class MaxPool2d(Pool2d, frozen=True, tag="max_pool2d"):
    """The largest value of each window of `size` x `size`, windows `stride` apart."""


class AvgPool2d(Pool2d, frozen=True, tag="avg_pool2d"):
    """The mean of each window of `size` x `size`, windows `stride` apart."""


class GlobalAvgPool(Layer, frozen=True, tag="global_avg_pool"):
    """The mean of each channel over the whole image, or of each feature over a sequence's time."""

    def shape(self, input: Shape) -> Shape:
        if len(input) not in (2, 3):
            raise ConfigError(
                "", f"needs an image or a sequence, not {TensorSpec(input)}: remove this row"
            )
        return input[:1] if len(input) == 3 else input[1:]

    def flops(self, input: TensorSpec) -> int:
        return input.size

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        averaged = prod(input.shape[1:]) if len(input.shape) == 3 else input.shape[0]
        return super().arrays(input, place) + Arrays(block=LANES * averaged)


class Upsample2d(Layer, frozen=True, tag="upsample2d"):
    """Every place of an image `factor` x `factor` times."""

    factor: Positive = 2

    def shape(self, input: Shape) -> Shape:
        channels, height, width = image(input)
        return (channels, height * self.factor, width * self.factor)

    def flops(self, input: TensorSpec) -> int:
        return 0
