"""Metrics of the scores of classes."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.train.metrics.base import Metric


class RocAuc(Metric, frozen=True, tag="roc_auc"):
    """How often a sample of a class scores higher for it than one of another class."""

    undefined = "the samples are all of one class"
    bytes_per_output = 16


class Perplexity(Metric, frozen=True, tag="perplexity"):
    """Exp of the mean cross entropy."""

    lower_is_better = True
    is_share = False
    undefined = "it is too large for a number"
    bytes_per_output = 24

    @classmethod
    def unsuited(cls, target: TensorSpec, activation: str, class_names: Sequence[str]) -> str:
        if activation == "softmax":
            return ""
        return "perplexity is of cross_entropy: use that loss, or leave the metric out"
