"""Class weights by which every class counts alike in the loss, however many samples it has."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.train.config import Train
from tui_dl.spec.train.losses.classification import CrossEntropy


def balanced(train: Train, counts: Sequence[int]) -> Train:
    """The training config with class weights: of class c, the least of `counts` / counts[c].

    The loss is a weighted mean, so only ratios of weights matter: these are those of King and Zeng
    (2001), samples / (classes counts[c]), and none is above 1.

    Args:
        train: the training config.
        counts: how many training samples each class has, none of them 0; empty for real numbers.

    Raises:
        ConfigError: there are no classes, the loss has no weights, or they are given.
    """
    loss = train.loss
    if not counts:
        raise ConfigError("data.balance", "the target is real numbers: balance needs classes")
    if not isinstance(loss, CrossEntropy) or train.target == "input":
        raise ConfigError(
            "data.balance", 'weighs the classes of cross_entropy: use train.loss = "cross_entropy"'
        )
    if loss.class_weights:
        raise ConfigError(
            "data.balance", "train.loss.class_weights are given: leave one of them out"
        )
    weights = tuple(min(counts) / count for count in counts)
    return replace(train, loss=replace(loss, class_weights=weights))
