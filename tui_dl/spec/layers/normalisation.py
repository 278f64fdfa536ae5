"""Normalisation layers, and dropout."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import LANES, Arrays, Layer, Place, Shape, TensorSpec

Epsilon = Annotated[float, msgspec.Meta(ge=1e-12, le=1)]  # its inverse is cubed, in 32 bits


class BatchNorm(Layer, frozen=True, tag="batch_norm"):
    """(x - mean) / deviation of each channel over the mini-batch, then weight * that + bias."""

    uses_batch_statistics = True

    momentum: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.1
    epsilon: Epsilon = 1e-5

    def shape(self, input: Shape) -> Shape:
        if len(input) not in (1, 3):
            raise ConfigError(
                "", f"needs an image or a flat input, not {TensorSpec(input)}: use layer_norm"
            )
        return input

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        return {"weight": input.shape[:1], "bias": input.shape[:1]}

    def flops(self, input: TensorSpec) -> int:
        return 8 * input.size

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        channels = input.shape[0]
        sums, statistics, running = 3 * LANES * channels, 4 * channels, 2 * channels
        return super().arrays(input, place) + Arrays(
            block=statistics, learning=sums + 2 * channels, fixed=running
        )


class LayerNorm(Layer, frozen=True, tag="layer_norm"):
    """(x - mean) / deviation of each sample, or each of its time steps; then weight * that + bias.

    Ba, Kiros & Hinton 2016.
    """

    epsilon: Epsilon = 1e-5

    def parameters(self, input: TensorSpec) -> dict[str, Shape]:
        features = input.shape[1:] if len(input.shape) == 2 else input.shape
        return {"weight": features, "bias": features}

    def flops(self, input: TensorSpec) -> int:
        return 8 * input.size

    def arrays(self, input: TensorSpec, place: Place) -> Arrays:
        rows = input.shape[0] if len(input.shape) == 2 else 1
        return super().arrays(input, place) + Arrays(
            block=2 * LANES * rows, learning=2 * input.size // rows
        )


class Dropout(Layer, frozen=True, tag="dropout"):
    """Each unit 0 with probability `rate` while learning, the others over 1 - rate."""

    is_identity = True

    rate: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.5
