"""Losses: what each compares the network's output with, and what the network must end in."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from tui_dl.spec.layers import LANES, Arrays, Shape, ShapeError, TensorSpec
from tui_dl.spec.train.table import Decay, Rate, Table


class Loss(Table, frozen=True, tag_field="kind"):
    """What training minimises: a mean over all places that have a target.

    Attributes:
        own_activation: what it applies to the network's outputs, logits; empty if nothing.
        needs_classes: targets cannot be real numbers.
        needs_rewards: it is of an environment, and no other loss is.
        targets_are_probabilities: targets that are real numbers are 0 to 1.
    """

    own_activation: ClassVar[str] = ""
    needs_classes: ClassVar[bool] = False
    needs_rewards: ClassVar[bool] = False
    targets_are_probabilities: ClassVar[bool] = False

    def output(self, target: TensorSpec) -> Shape:
        """Shape of the network's output for a `target`: a logit a class, or real numbers."""
        return (*target.shape, target.vocab_size) if target.vocab_size else target.shape

    def arrays(self, output: TensorSpec, target: TensorSpec, own: bool) -> Arrays:
        """What its kernels keep where the network ends in `output`; `own` is target = "input"."""
        places = output.size // output.shape[-1] if target.vocab_size else output.size
        for_accuracy = LANES * places + 2 * places  # labels, and which outputs are correct
        kept = LANES * output.size * (1 if own else 2) + 1
        if target.vocab_size or self.targets_are_probabilities:
            return Arrays(block=kept + for_accuracy)
        return Arrays(block=kept, unused=for_accuracy)


class CrossEntropy(Loss, frozen=True, tag="cross_entropy"):
    """-log softmax(z)[label] over logits z, in nats."""

    own_activation = "softmax"
    needs_classes = True

    label_smoothing: Decay = 0.0
    class_weights: tuple[Rate, ...] = ()  # one a class; none: all the same

    def output(self, target: TensorSpec) -> Shape:
        if not target.vocab_size:
            raise ShapeError(
                "train.loss: cross_entropy needs classes, and the target is real numbers: "
                "use mean_squared_error"
            )
        if self.class_weights and len(self.class_weights) != target.vocab_size:
            raise ShapeError(
                f"train.loss.class_weights: {len(self.class_weights)} weights for "
                f"{target.vocab_size} classes: give one for each"
            )
        return super().output(target)

    def arrays(self, output: TensorSpec, target: TensorSpec, own: bool) -> Arrays:
        return _of_labels(output)


class PolicyGradient(Loss, frozen=True, tag="policy_gradient"):
    """-advantage log softmax(z)[action] of what was done in an environment (Williams 1992).

    The advantage is by how much the rewards from there on, each later one times `discount` once
    more, surpass their mean at that time; a single episode is compared with past ones.
    """

    own_activation = "softmax"
    needs_rewards = True

    discount: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.99
    label_smoothing: ClassVar[float] = 0.0  # it is a cross entropy of actions
    class_weights: ClassVar[tuple[float, ...]] = ()

    def arrays(self, output: TensorSpec, target: TensorSpec, own: bool) -> Arrays:
        return _of_labels(output)


class BinaryCrossEntropy(Loss, frozen=True, tag="binary_cross_entropy"):
    """-log of the probability, sigmoid(z) or 1 - sigmoid(z), of what each output's target is."""

    own_activation = "sigmoid"
    targets_are_probabilities = True

    def output(self, target: TensorSpec) -> Shape:
        return (*target.shape, 1) if target.vocab_size == 2 else super().output(target)


class MeanSquaredError(Loss, frozen=True, tag="mean_squared_error"):
    """(y - t)^2."""


class MeanAbsoluteError(Loss, frozen=True, tag="mean_absolute_error"):
    """|y - t|."""


class Huber(Loss, frozen=True, tag="huber"):
    """Squared for errors up to `delta`, absolute beyond (Huber 1964)."""

    delta: Rate = 1.0


AnyLoss = (
    CrossEntropy
    | PolicyGradient
    | BinaryCrossEntropy
    | MeanSquaredError
    | MeanAbsoluteError
    | Huber
)


def _of_labels(output: TensorSpec) -> Arrays:
    """What a loss keeps that takes labels as they are: these, their weights, losses and hits."""
    places = output.size // output.shape[-1]
    return Arrays(block=(2 * LANES + 3) * places)
