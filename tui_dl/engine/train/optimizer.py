"""The optimizer: its state, and the kernel calls of one update, divided over threads."""

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
from tui_dl.spec.train.clip import Clip
from tui_dl.spec.train.config import Train
from tui_dl.spec.train.optimizers import AnyOptimizer
from tui_dl.spec.train.optimizers.adam import Adam, AdamW
from tui_dl.spec.train.optimizers.rmsprop import RmsProp
from tui_dl.spec.train.optimizers.sgd import Sgd

Kind = tuple[Any, tuple[str, ...], tuple[float, ...]]  # kernel, names of its arrays, settings


class Optimizer:
    """Updates `parameters`, and leaves sums of squares for the step record.

    Attributes:
        parameters: the weights and gradients.
        settings: learning rate, number of the update, then constants of the training config;
            kernels read them at every update.
        state: arrays of the optimizer's memory, as long as the weights, by name.
        squares: (chunks, 3) sums of squares of the gradient, the update and the weights.
        unclipped: (chunks,) sums of squares of the loss's own gradient, where clipping or a
            penalty changes it before the update; else empty.
    """

    def __init__(self, config: Train, parameters: Parameters) -> None:
        self.parameters = parameters
        self._kernel, self._own, fixed = _kind(config.optimizer)
        self.settings = np.array([config.optimizer.learning_rate, 0, *fixed], np.float64)
        names = [*self._own, *["average"] * (config.weight_average is not None)]
        self.state: dict[str, Array] = {name: zeros(parameters.values.size) for name in names}
        self._decay = np.array([config.weight_average or 0], np.float64)
        bounds = config.clip or Clip(norm=inf)
        limits = bounds.norm or inf, bounds.value or inf, config.l1, config.l2
        self._clips = limits != (inf, inf, 0, 0)
        self._limits = np.array(limits, np.float64)
        self.squares: Array = zeros(parameters.chunks, 3)
        self.unclipped: Array = zeros(parameters.chunks * self._clips)

    @property
    def learning_rate(self) -> float:
        """Learning rate of the next update."""
        return float(self.settings[0])

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.settings[0] = rate

    @property
    def updates(self) -> int:
        """Number of updates begun."""
        return int(self.settings[1])

    def swap(self) -> bool:
        """Swap the weights and their average; False where there is no average (yet)."""
        if "average" not in self.state or not self.updates:
            return False
        w, a = self.parameters.values, self.state["average"]
        w[...], a[...] = a.copy(), w.copy()
        return True

    def begin(self) -> None:
        """Count one more update."""
        self.settings[1] += 1

    def update(self, losses: Array, part: int, parts: int) -> list[Call]:
        """The calls of share `part` of `parts` of the update.

        The kernels change nothing if one of `losses` is not finite.
        """
        here = share(self.parameters.chunks, part, parts)
        w, g = self.parameters.values, self.parameters.gradients
        calls: list[Call] = []
        if self._clips:
            calls += [partial(square_sums, self.unclipped, g, *here), BARRIER]
            calls += [partial(clip, g, w, self.unclipped, self._limits, *here)]
        own = (self.state[name] for name in self._own)
        calls.append(partial(self._kernel, w, *own, g, self.squares, self.settings, losses, *here))
        if (a := self.state.get("average")) is not None:
            calls.append(partial(average, a, w, self.settings, self._decay, losses, *here))
        return calls


def _kind(config: AnyOptimizer) -> Kind:
    """An optimizer's kernel, the names of its arrays, and its settings after the first two."""
    match config:
        case Sgd(momentum=0):
            return sgd, (), ()
        case Sgd():
            return momentum, ("velocity",), (config.momentum, config.nesterov)
        case RmsProp():
            return rmsprop, ("v",), (config.alpha, config.epsilon)
        case Adam() | AdamW():
            decay = config.weight_decay if isinstance(config, AdamW) else 0.0
            return adam, ("m", "v"), (config.beta1, config.beta2, config.epsilon, decay)
    raise NotImplementedError(config)
