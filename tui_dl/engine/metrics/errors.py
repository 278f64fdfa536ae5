"""Errors of real numbers, in the units that they had before they were standardised."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.metrics.predictions import Doubles, Measure, Numbers


def rmse(targets: Numbers, outputs: Numbers) -> float:
    """Sqrt(mean((y - t)^2)), the mean over samples and outputs."""
    return float(np.sqrt((_errors(targets, outputs) ** 2).mean()))


def mae(targets: Numbers, outputs: Numbers) -> float:
    """mean(|y - t|), the mean over samples and outputs."""
    return float(np.abs(_errors(targets, outputs)).mean())


def _errors(targets: Numbers, outputs: Numbers) -> Doubles:
    """Outputs minus targets, in double precision."""
    return outputs.reshape(targets.shape).astype(np.float64) - targets


MEASURES: dict[str, Measure] = {
    "rmse": lambda it: it.unit * rmse(it.targets, it.outputs),
    "mae": lambda it: it.unit * mae(it.targets, it.outputs),
}
