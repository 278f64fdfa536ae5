"""The two links that are swung up."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Environment
from tui_dl.spec.layers.base import TensorSpec


class Acrobot(Environment, frozen=True, kw_only=True, tag="acrobot"):
    """Two links that hang down, to be swung up; a reward of -1 for every step until they are.

    Sutton 1996; the environment is gymnasium's Acrobot-v1.

    Attributes:
        limit: steps after which an episode ends.
        repeat: for how many steps each action of the network is held.
    """

    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 500
    repeat: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1

    @property
    def longest(self) -> int:
        return -(-self.limit // self.repeat)

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((6,))

    @property
    def classes(self) -> int:
        return 3

    @property
    def class_names(self) -> list[str]:
        return ["clockwise", "none", "anticlockwise"]

    @property
    def best(self) -> float:
        return 0.0  # the step that swings them up costs nothing; as if it were the first
