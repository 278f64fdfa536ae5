"""The car in the valley."""

from __future__ import annotations

from tui_dl.spec.data.base import Environment
from tui_dl.spec.layers.base import TensorSpec


class MountainCar(Environment, frozen=True, kw_only=True, tag="mountain_car"):
    """A car too weak for its hill; a reward of -1 for every step until it is up.

    Moore 1990; the environment is gymnasium's MountainCar-v0.
    """

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((2,))

    @property
    def classes(self) -> int:
        return 3

    @property
    def class_names(self) -> list[str]:
        return ["left", "none", "right"]

    @property
    def best(self) -> float:
        return 0.0  # no episode can cost less than nothing
