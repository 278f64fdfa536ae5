"""Layers made of other rows: repeat and residual."""

from __future__ import annotations

from typing import Annotated

import msgspec

import tui_dl.spec.layers as kinds  # its union of all kinds is complete only after this file
from tui_dl.spec.layers.base import Layer, Positive


class Repeat(Layer, frozen=True, tag="repeat"):
    """The rows of `layers`, `times` over, each with its own weights."""

    times: Positive
    layers: Annotated[list[kinds.AnyLayer], msgspec.Meta(min_length=1)]


class Residual(Layer, frozen=True, tag="residual"):
    """x + f(x), the rows of `layers` being f (He et al. 2016)."""

    layers: Annotated[list[kinds.AnyLayer], msgspec.Meta(min_length=1)]
