"""The cart and its pole."""

from __future__ import annotations

from tui_dl.spec.data.base import Environment
from tui_dl.spec.layers.base import TensorSpec


class CartPole(Environment, frozen=True, kw_only=True, tag="cartpole"):
    """A pole on a cart that is pushed left or right; a reward of 1 for every step it stays up.

    Barto, Sutton and Anderson 1983; the environment is gymnasium's CartPole-v1.
    """

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((4,))

    @property
    def classes(self) -> int:
        return 2

    @property
    def class_names(self) -> list[str]:
        return ["left", "right"]

    @property
    def best(self) -> float:
        return float(self.limit)
