"""The plain form of adagrad."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats


def adagrad(fields: Any, w: Floats, g: Floats, t: int, v: Floats) -> None:
    """V += g^2; w -= learning_rate g / (sqrt(v) + epsilon)."""
    v += g**2
    w -= fields.learning_rate * g / (np.sqrt(v) + fields.epsilon)
