"""The two links that are swung up."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.data.base import Environment
from tui_dl.spec.layers.base import TensorSpec


class Acrobot(Environment, frozen=True, kw_only=True, tag="acrobot"):
    """Two links that hang down, to be swung up; a reward of -1 for every step until they are.

    Sutton 1996; the environment is gymnasium's Acrobot-v1.
    """

    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 500

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
