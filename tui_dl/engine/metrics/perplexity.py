"""Perplexity."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.metrics.predictions import Labels, Measure, Numbers


def perplexity(labels: Labels, scores: Numbers) -> float:
    """Exp of the mean cross entropy; guessing among n classes has a perplexity of n."""
    z = scores.astype(np.float64)
    z -= z.max(axis=1, keepdims=True)
    own = np.take_along_axis(z, labels[:, None], axis=1)[:, 0]
    with np.errstate(over="ignore"):  # the result is infinite then
        return float(np.exp((np.log(np.exp(z).sum(axis=1)) - own).mean()))


MEASURES: dict[str, Measure] = {
    "perplexity": lambda it: perplexity(it.labels, it.scores),
}
