"""The optimizer: its state, and the kernel calls of one update, divided over threads."""

from __future__ import annotations

from functools import partial
from math import inf

import numpy as np

from tui_dl.engine.graph.parameters import Parameters
from tui_dl.kernels import optimizers
from tui_dl.kernels.core.arrays import share, zeros
from tui_dl.kernels.core.jit import Array
from tui_dl.kernels.core.program import BARRIER, Call
from tui_dl.kernels.optimizers.average import average
from tui_dl.kernels.optimizers.base import record_of
from tui_dl.kernels.optimizers.clip import Limits, clip, square_sums
from tui_dl.spec.layers.base import kind
from tui_dl.spec.train.clip import Clip
from tui_dl.spec.train.config import Train


class Optimizer:
    """Updates `parameters`, and leaves sums of squares for the step record.

    Attributes:
        parameters: the weights and gradients.
        settings: (1,) record that kernels read at every update: `learning_rate`, `step`, the number
            of the update, and constants of the training config.
        state: arrays of the optimizer's memory, as long as the weights, by name.
        squares: (chunks, 3) sums of squares of the gradient, the update and the weights.
        unclipped: (chunks,) sums of squares of the loss's own gradient, where clipping or a
            penalty changes it before the update; else empty.
    """

    def __init__(self, config: Train, parameters: Parameters) -> None:
        self.parameters = parameters
        found = optimizers.of(kind(config.optimizer))(config.optimizer)
        self._rule, self.settings = found.rule, found.settings
        self._updates = self.settings["step"]  # a view: finding a field takes microseconds
        size = parameters.values.size
        self._kept: Array = zeros(len(self._rule.state), size)
        self.state: dict[str, Array] = dict(zip(self._rule.state, self._kept, strict=True))
        if config.weight_average is not None:
            self.state["average"] = zeros(size)
        self._decay = np.array([config.weight_average or 0], np.float64)
        bounds = config.clip or Clip(norm=inf)
        limits = Limits(bounds.norm or inf, bounds.value or inf, config.l1, config.l2)
        self._clips = limits != (inf, inf, 0, 0)
        self._limits = np.array([limits], record_of(Limits))
        self.squares: Array = zeros(parameters.chunks, 3)
        self.unclipped: Array = zeros(parameters.chunks * self._clips)

    @property
    def decay(self) -> float:
        """Of the average of the weights; 0 where there is none."""
        return float(self._decay[0])

    @property
    def learning_rate(self) -> float:
        """Learning rate of the next update."""
        return float(self.settings["learning_rate"][0])

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.settings["learning_rate"] = rate

    @property
    def updates(self) -> int:
        """Number of updates begun."""
        return int(self._updates[0])

    @updates.setter
    def updates(self, count: int) -> None:
        self._updates[0] = count

    def swap(self) -> bool:
        """Swap the weights and their average; False where there is no average (yet)."""
        if "average" not in self.state or not self.updates:
            return False
        w, a = self.parameters.values, self.state["average"]
        w[...], a[...] = a.copy(), w.copy()
        return True

    def begin(self) -> None:
        """Count one more update."""
        self._updates[0] += 1  # adding to the array would take microseconds

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
        own = self._kept, g, self.squares, self.settings, losses
        calls.append(partial(self._rule.kernel, w, *own, *here))
        if (a := self.state.get("average")) is not None:
            calls.append(partial(average, a, w, self._updates, self._decay, losses, *here))
        return calls
