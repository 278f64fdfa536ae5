"""Plain forms of layers that only change the shape: reshape and flatten."""

from __future__ import annotations

from typing import Any

from tui_dl.kernels.reference.base import Floats, Weights


def reshape(fields: Any, x: Floats, w: Weights) -> Floats:
    """The same numbers in another shape."""
    return x.reshape(fields.sides)


def flatten(fields: Any, x: Floats, w: Weights) -> Floats:
    """The same numbers in one row."""
    return x.reshape(-1)
