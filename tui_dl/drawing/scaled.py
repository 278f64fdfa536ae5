"""Numbers scaled to what colour maps take."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import Numbers


def largest(values: Numbers) -> float:
    """The largest distance from zero of a number that is one; 0 where there is none."""
    defined = values[~np.isnan(values)]
    return float(np.abs(defined).max()) if defined.size else 0.0


def around_zero(values: Numbers) -> Numbers:
    """-1 to 1, so that zero stays zero; NaN stays NaN."""
    return np.asarray(values / (largest(values) or 1.0))


def from_lowest(values: Numbers) -> Numbers:
    """0 for the lowest number to 1 for the highest; NaN stays NaN."""
    defined = values[~np.isnan(values)]
    if not defined.size:
        return values
    low, high = float(defined.min()), float(defined.max())
    return np.asarray((values - low) / ((high - low) or 1.0))
