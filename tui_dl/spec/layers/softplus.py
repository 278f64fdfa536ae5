"""Softplus."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.layers.base import Layer


class Softplus(Layer, frozen=True, tag="softplus"):
    """log(1 + exp(beta * x)) / beta: a relu without a kink (Dugas et al. 2001)."""

    is_activation = True

    beta: Annotated[float, msgspec.Meta(ge=1e-3, le=1e3)] = 1.0
