"""Metrics: figures of a split beside the loss, and the targets that each of them is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from tui_dl.spec.layers import ShapeError, TensorSpec
from tui_dl.support.did_you_mean import suggest

Metric = Literal[
    "accuracy", "top_3", "top_5", "precision", "recall", "f1", "precision_by_class",
    "recall_by_class", "f1_by_class", "confusion", "roc_auc", "perplexity", "exact_match",
    "entity_f1", "r2", "return",
]  # fmt: skip

VALIDATION_LOSS = "validation_loss"
LOWER_IS_BETTER = (VALIDATION_LOSS, "perplexity")
UNBOUNDED = (*LOWER_IS_BETTER, "r2", "return")
TOP = {"top_3": 3, "top_5": 5}
MANY_NUMBERS = ("precision_by_class", "recall_by_class", "f1_by_class", "confusion")

# Why a metric has no value although all outputs are finite.
UNDEFINED = {
    "roc_auc": "the samples are all of one class",
    "r2": "the targets are all the same",
    "perplexity": "it is too large for a number",
}


def check_single(metric: str, min_delta: float, names: Sequence[Metric]) -> None:
    """Raise ShapeError unless early stopping can follow `metric`, `names` being measured."""
    single = [VALIDATION_LOSS, *(name for name in names if name not in MANY_NUMBERS)]
    if metric in single:
        if metric not in UNBOUNDED and min_delta >= 1:
            raise ShapeError(
                f"train.early_stopping.min_delta: {metric} is 0 to 1 and never better by "
                f"{min_delta:g}: make it smaller"
            )
        return
    if metric in MANY_NUMBERS:
        says = f"is more than one number: use {' or '.join(single)}"
    elif metric in get_args(Metric):
        says = f"is not measured: write it into train.metrics, or use {' or '.join(single)}"
    else:
        says = f"is no metric{suggest(metric, single)}"
    raise ShapeError(f"train.early_stopping.metric: {metric} {says}")


def check_metrics(
    names: Sequence[Metric], target: TensorSpec, loss: str, tags: Sequence[str]
) -> None:
    """Raise ShapeError where a metric says nothing of `target`, whose classes are called `tags`."""
    for index, name in enumerate(names):
        if (name == "return") != (loss == "policy_gradient"):
            what = "an environment" if name == "return" else "samples"
            says = f"{name} is of {what}, and here there are none: leave it out"
        elif (name == "r2") == bool(target.vocab_size):
            what = "real numbers" if name == "r2" else "classes"
            use = "accuracy" if name == "r2" else "r2"
            says = f"{name} is of {what}, and here there are none: use {use}"
        elif name == "exact_match" and not target.shape:
            says = (
                "exact_match is of sequences of classes, and here each sample has one: use accuracy"
            )
        elif name == "entity_f1" and (not target.shape or "O" not in tags):
            says = (
                "entity_f1 is of sequences of tags O, B-... and I-..., which this data has not: "
                "leave it out"
            )
        elif name in TOP and target.vocab_size <= TOP[name]:
            says = f"{name} of {target.vocab_size} classes is always 1: use accuracy"
        elif name == "perplexity" and loss != "cross_entropy":
            says = "perplexity is of cross_entropy: use that loss, or leave the metric out"
        else:
            continue
        raise ShapeError(f"train.metrics[{index}]: {says}")
