"""Swish."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.layers.base import Layer


class Swish(Layer, frozen=True, tag="swish"):
    """x sigmoid(beta x) (Ramachandran, Zoph & Le 2017)."""

    is_activation = True

    beta: Annotated[float, msgspec.Meta(ge=0, le=100)] = 1.0
