"""The optimiser: its state, and one update of all weights in equal shares."""

from __future__ import annotations

import numpy as np

from tui_dl.engine.parameters import Parameters
from tui_dl.experiment import Adam, Sgd
from tui_dl.kernels.adam import adam
from tui_dl.kernels.jit import Array
from tui_dl.kernels.layer import share
from tui_dl.kernels.sgd import sgd


class Optimizer:
    """Updates `parameters`, and leaves the sums of squares that the meters show.

    Attributes:
        learning_rate: of the next update.
        updates: how many were begun.
        state: arrays beside the weights, by name.
        squares: (blocks, 3) sums of squares of gradient, update and weights.
    """

    def __init__(self, recipe: Adam | Sgd, parameters: Parameters) -> None:
        self.recipe, self.parameters = recipe, parameters
        self.learning_rate = recipe.learning_rate
        self.updates = 0
        names = ("m", "v") if isinstance(recipe, Adam) else ()
        self.state: dict[str, Array] = {name: np.zeros_like(parameters.values) for name in names}
        self.squares = np.zeros((parameters.blocks, 3), np.float32)

    @property
    def kernel(self) -> object:
        """The kernel that `update` calls."""
        return adam if isinstance(self.recipe, Adam) else sgd

    def update(self, part: int, parts: int) -> None:
        """One of `parts` shares of update number `updates`."""
        first, last = share(self.parameters.blocks, part, parts)
        w, g, recipe = self.parameters.values, self.parameters.gradients, self.recipe
        if isinstance(recipe, Adam):
            adam(
                w, self.state["m"], self.state["v"], g, self.squares,
                self.learning_rate, recipe.beta1, recipe.beta2, recipe.epsilon,
                self.updates, first, last,
            )  # fmt: skip
        else:
            sgd(w, g, self.squares, self.learning_rate, first, last)
