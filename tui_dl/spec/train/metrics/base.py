"""The base of all metrics: what each of them is of, and how its value is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import msgspec

from tui_dl.spec.layers.base import TensorSpec

Subject = Literal["classes", "real numbers", "rewards"]  # what a network's target is

# The metric of a network that names none.
DEFAULTS: dict[Subject, str] = {"classes": "accuracy", "real numbers": "r2", "rewards": "return"}
OF_A_FILE = ("r2", "rmse", "mae")  # the same for numbers of a user's file, which have a unit


class Metric(msgspec.Struct, frozen=True, tag_field="kind"):
    """A figure of a split beside the loss.

    Attributes:
        subject: what targets it is of.
        lower_is_better: whether it gets lower as a network learns.
        is_share: whether it is between 0 and 1.
        is_number: whether it is one number, not one for each class.
        in_units: whether it is in the target's units, as its user's file has them.
        is_observed: whether its values during training are in artifacts, not in events.
        undefined: why it may have no value although all outputs are finite.
        bytes_per_output: what computing it takes, for each of a split's outputs.
    """

    subject: ClassVar[Subject] = "classes"
    lower_is_better: ClassVar[bool] = False
    is_share: ClassVar[bool] = True
    is_number: ClassVar[bool] = True
    in_units: ClassVar[bool] = False
    is_observed: ClassVar[bool] = False
    undefined: ClassVar[str] = "it is not finite"
    bytes_per_output: ClassVar[int] = 12  # outputs, targets, predictions

    @classmethod
    def unsuited(cls, target: TensorSpec, activation: str, class_names: Sequence[str]) -> str:
        """Why it says nothing of a `target`, which is of its subject; empty where it does.

        `activation` is the loss's own, `class_names` are the target's.
        """
        return ""
