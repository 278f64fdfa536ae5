"""Metrics of the predicted classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.train.metrics.base import Metric


class Accuracy(Metric, frozen=True, tag="accuracy"):
    """The share of labels that are predicted."""


class TopK(Metric, frozen=True):
    """The share of labels among the `k` classes with the highest scores."""

    k: ClassVar[int]

    @classmethod
    def unsuited(cls, target: TensorSpec, activation: str, class_names: Sequence[str]) -> str:
        if target.vocab_size > cls.k:
            return ""
        return f"top_{cls.k} of {target.vocab_size} classes is always 1: use accuracy"


class Top3(TopK, frozen=True, tag="top_3"):
    """The share of labels among the 3 classes with the highest scores."""

    k = 3


class Top5(TopK, frozen=True, tag="top_5"):
    """The share of labels among the 5 classes with the highest scores."""

    k = 5


class Precision(Metric, frozen=True, tag="precision"):
    """The share of a class's predictions that are right, as a mean over classes."""


class Recall(Metric, frozen=True, tag="recall"):
    """The share of a class's labels that are predicted, as a mean over classes."""


class F1(Metric, frozen=True, tag="f1"):
    """The harmonic mean of precision and recall, as a mean over classes."""


class PrecisionByClass(Metric, frozen=True, tag="precision_by_class"):
    """The share of each class's predictions that are right."""

    is_number = False


class RecallByClass(Metric, frozen=True, tag="recall_by_class"):
    """The share of each class's labels that are predicted."""

    is_number = False


class F1ByClass(Metric, frozen=True, tag="f1_by_class"):
    """The harmonic mean of each class's precision and recall."""

    is_number = False


class Confusion(Metric, frozen=True, tag="confusion"):
    """How often each class was predicted as each."""

    is_number = False
    is_observed = True
