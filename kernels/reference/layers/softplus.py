"""Plain form of softplus."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats, Weights


def softplus(fields: Any, x: Floats, w: Weights) -> Floats:
    """log(exp(0) + exp(beta * x)) / beta."""
    y: Floats = np.logaddexp(0, fields.beta * x) / fields.beta
    return y
