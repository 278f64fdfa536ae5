"""Balanced accuracy."""

from __future__ import annotations

from tui_dl.spec.train.metrics.base import Metric


class BalancedAccuracy(Metric, frozen=True, tag="balanced_accuracy"):
    """The share of a class's labels that are predicted, as a mean over the classes there are."""
