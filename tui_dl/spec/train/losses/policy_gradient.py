"""The loss of an environment: learning from rewards."""

from __future__ import annotations

from typing import ClassVar

from tui_dl.spec.layers.base import Arrays, TensorSpec
from tui_dl.spec.train.losses.base import RewardLoss, arrays_of_labels


class PolicyGradient(RewardLoss, frozen=True, tag="policy_gradient"):
    """-advantage log softmax(z)[action] of what was done in an environment (Williams 1992).

    The advantage is by how much the rewards from there on, each later one times `discount` once
    more, surpass their mean at that time; a single episode is compared with past ones.
    """

    own_activation = "softmax"

    label_smoothing: ClassVar[float] = 0.0  # it is a cross entropy of actions
    class_weights: ClassVar[tuple[float, ...]] = ()

    def arrays(self, output: TensorSpec, target: TensorSpec, own: bool) -> Arrays:
        return arrays_of_labels(output)
