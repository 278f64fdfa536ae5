"""The base of all losses."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.layers.base import LANES, Arrays, Shape, TensorSpec
from tui_dl.spec.train.table import Table


class Loss(Table, frozen=True, tag_field="kind"):
    """What training minimises: a mean over all places that have a target.

    Attributes:
        own_activation: what it applies to the network's outputs, logits; empty if nothing.
        needs_classes: targets cannot be real numbers.
        needs_rewards: it is of an environment, and no other loss is.
        targets_are_probabilities: targets that are real numbers are 0 to 1.
        best_constant: which figure of real numbers is the best constant answer to them, the same
            for positive and negative errors; empty where there is no such figure.
    """

    own_activation: ClassVar[str] = ""
    needs_classes: ClassVar[bool] = False
    needs_rewards: ClassVar[bool] = False
    targets_are_probabilities: ClassVar[bool] = False
    best_constant: ClassVar[Literal["mean", "median", ""]] = ""

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


class RewardLoss(Loss, frozen=True):
    """A loss of an environment: what is done there is worth the rewards that follow.

    Each reward counts `discount` times as much as one a step earlier.
    """

    needs_rewards = True

    discount: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.99


def arrays_of_labels(output: TensorSpec) -> Arrays:
    """What a loss keeps that takes labels as they are: these, their weights, losses and hits."""
    places = output.size // output.shape[-1]
    return Arrays(block=(2 * LANES + 3) * places)
