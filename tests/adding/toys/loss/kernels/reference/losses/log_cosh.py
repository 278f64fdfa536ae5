"""The plain form of log_cosh."""

from __future__ import annotations

from typing import Any

import numpy as np

from tui_dl.kernels.reference.base import Floats


def log_cosh(fields: Any, y: Floats, t: Floats) -> Floats:
    """Log cosh(y - t)."""
    return np.log(np.cosh(y - t))
