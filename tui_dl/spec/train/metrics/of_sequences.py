"""Metrics of sequences of classes."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.spec.layers.base import TensorSpec
from tui_dl.spec.train.metrics.base import Metric


class ExactMatch(Metric, frozen=True, tag="exact_match"):
    """The share of sequences with every label right."""

    @classmethod
    def unsuited(cls, target: TensorSpec, activation: str, class_names: Sequence[str]) -> str:
        if target.shape:
            return ""
        return "exact_match is of sequences of classes, and here each sample has one: use accuracy"


class EntityF1(Metric, frozen=True, tag="entity_f1"):
    """F1 over entities: spans of tags."""

    @classmethod
    def unsuited(cls, target: TensorSpec, activation: str, class_names: Sequence[str]) -> str:
        if target.shape and "O" in class_names:
            return ""
        return (
            "entity_f1 is of sequences of tags O, B-... and I-..., which this data has not: "
            "leave it out"
        )
