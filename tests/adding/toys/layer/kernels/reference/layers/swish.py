"""The plain form of swish."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats, Weights


def swish(fields: Any, x: Floats, w: Weights) -> Floats:
    """X sigmoid(beta x)."""
    y: Floats = x / (1 + np.exp(-fields.beta * x))
    return y
