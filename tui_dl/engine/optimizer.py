"""The optimiser: its state, and one update of all weights in equal shares."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from tui_dl.engine.parameters import Parameters
from tui_dl.kernels.adam import adam
from tui_dl.kernels.jit import Array
from tui_dl.kernels.layer import Call, share, zeros
from tui_dl.kernels.sgd import sgd
from tui_dl.recipe import Adam, Sgd


class Optimizer:
    """Updates `parameters`, and leaves the sums of squares that the meters show.

    Attributes:
        settings: learning rate, number of the update, then what the recipe fixes; kernels read
            them at every update.
        state: arrays beside the weights, by name.
        squares: (blocks, 3) sums of squares of gradient, update and weights.
    """

    def __init__(self, recipe: Adam | Sgd, parameters: Parameters) -> None:
        self.parameters = parameters
        fixed: tuple[float, ...] = ()
        names: tuple[str, ...] = ()
        self._kernel: Any = sgd
        if isinstance(recipe, Adam):
            fixed = recipe.beta1, recipe.beta2, recipe.epsilon
            names = "m", "v"
            self._kernel = adam
        self.settings = np.array([recipe.learning_rate, 0, *fixed], np.float64)
        self.state: dict[str, Array] = {name: zeros(parameters.values.size) for name in names}
        self.squares = zeros(parameters.blocks, 3)

    @property
    def learning_rate(self) -> float:
        """Of the next update."""
        return float(self.settings[0])

    @property
    def updates(self) -> int:
        """How many were begun."""
        return int(self.settings[1])

    def begin(self) -> None:
        """Count one more update."""
        self.settings[1] += 1

    def update(self, losses: Array, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of the update, which is left out if a loss is not finite."""
        first, last = share(self.parameters.blocks, part, parts)
        w, g = self.parameters.values, self.parameters.gradients
        arrays = w, *self.state.values(), g, self.squares, self.settings, losses
        return [partial(self._kernel, *arrays, first, last)]
