"""The optimiser: its state, and one update of all weights in equal shares."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import Any

import numpy as np

from tui_dl.engine.graph.parameters import Parameters
from tui_dl.kernels.core.arrays import share, zeros
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.optimizers.adam import adam
from tui_dl.kernels.optimizers.average import average
from tui_dl.kernels.optimizers.clip import clip, square_sums
from tui_dl.kernels.optimizers.momentum import momentum
from tui_dl.kernels.optimizers.rmsprop import rmsprop
from tui_dl.kernels.optimizers.sgd import sgd
from tui_dl.spec.train import Adam, AdamW, AnyOptimizer, Clip, RmsProp, Sgd, Train

Kind = tuple[Any, tuple[str, ...], tuple[float, ...]]  # kernel, arrays, what it is set to


class Optimizer:
    """Updates `parameters`, and leaves the sums of squares that the meters show.

    Attributes:
        parameters: what is updated.
        settings: learning rate, number of the update, then what the recipe fixes; kernels read
            them at every update.
        state: arrays beside the weights, by name.
        squares: (blocks, 3) sums of squares of the gradient, the update and the weights.
        unclipped: (blocks,) of the loss's own gradient, where it is changed before the update;
            else empty.
    """

    def __init__(self, recipe: Train, parameters: Parameters) -> None:
        self.parameters = parameters
        self._kernel, self._own, fixed = _kind(recipe.optimizer)
        self.settings = np.array([recipe.optimizer.learning_rate, 0, *fixed], np.float64)
        names = [*self._own, *["average"] * (recipe.weight_average is not None)]
        self.state: dict[str, Array] = {name: zeros(parameters.values.size) for name in names}
        self._memory = np.array([recipe.weight_average or 0], np.float64)
        bounds = recipe.clip or Clip(norm=inf)
        limits = bounds.norm or inf, bounds.value or inf, recipe.l1, recipe.l2
        self._clips = limits != (inf, inf, 0, 0)
        self._limits = np.array(limits, np.float64)
        self.squares: Array = zeros(parameters.chunks, 3)
        self.unclipped: Array = zeros(parameters.chunks * self._clips)

    @property
    def learning_rate(self) -> float:
        """Of the next update."""
        return float(self.settings[0])

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.settings[0] = rate

    @property
    def updates(self) -> int:
        """How many were begun."""
        return int(self.settings[1])

    def swap(self) -> bool:
        """Exchange the weights and their average; False where none is kept (yet)."""
        if "average" not in self.state or not self.updates:
            return False
        w, a = self.parameters.values, self.state["average"]
        w[...], a[...] = a.copy(), w.copy()
        return True

    def begin(self) -> None:
        """Count one more update."""
        self.settings[1] += 1

    def update(self, losses: Array, part: int, parts: int) -> list[Call]:
        """One of `parts` shares of the update, which is left out if a loss is not finite."""
        here = share(self.parameters.chunks, part, parts)
        w, g = self.parameters.values, self.parameters.gradients
        calls: list[Call] = []
        if self._clips:
            calls += [partial(square_sums, self.unclipped, g, *here), BARRIER]
            calls += [partial(clip, g, w, self.unclipped, self._limits, *here)]
        own = (self.state[name] for name in self._own)
        calls.append(partial(self._kernel, w, *own, g, self.squares, self.settings, losses, *here))
        if (a := self.state.get("average")) is not None:
            calls.append(partial(average, a, w, self.settings, self._memory, losses, *here))
        return calls


def _kind(recipe: AnyOptimizer) -> Kind:
    """An optimiser's kernel, the arrays it keeps, and its settings behind the first two."""
    match recipe:
        case Sgd(momentum=0):
            return sgd, (), ()
        case Sgd():
            return momentum, ("velocity",), (recipe.momentum, recipe.nesterov)
        case RmsProp():
            return rmsprop, ("v",), (recipe.alpha, recipe.epsilon)
        case Adam() | AdamW():
            decay = recipe.weight_decay if isinstance(recipe, AdamW) else 0.0
            return adam, ("m", "v"), (recipe.beta1, recipe.beta2, recipe.epsilon, decay)
