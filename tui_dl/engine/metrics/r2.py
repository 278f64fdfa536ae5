"""The share of variance explained."""

from __future__ import annotations

from math import nan

import numpy as np

from tui_dl.engine.metrics.predictions import Measure, Numbers


def r2(targets: Numbers, outputs: Numbers) -> float:
    """1 - sum (t - y)^2 / sum (t - mean t)^2, sums over samples and outputs, means by output.

    NaN where all targets of each output are equal.
    """
    t = targets.reshape(len(targets), -1).astype(np.float64)
    residual = ((t - outputs.reshape(t.shape)) ** 2).sum()
    t -= t[0]  # so that equal targets have a variance of exactly 0
    variation = ((t - t.mean(axis=0)) ** 2).sum()
    return float(1 - residual / variation) if variation else nan


MEASURES: dict[str, Measure] = {
    "r2": lambda it: r2(it.targets, it.outputs),
}
