"""One record a step: what the loss, the gradients and the updates were."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
import numpy.typing as npt

from tui_dl.engine.optimizer import Optimizer
from tui_dl.events import step_fields
from tui_dl.kernels.layer import Call
from tui_dl.kernels.loss import Loss
from tui_dl.kernels.record import record_norms, record_step

Record = npt.NDArray[np.void]  # of shape (1,)


class Meters:
    """Fills one record over and over; whoever keeps it copies it."""

    def __init__(self, optimizer: Optimizer, loss: Loss) -> None:
        self.optimizer, self.loss = optimizer, loss
        self.fields = step_fields(len(optimizer.parameters.layers))
        self.record: Record = np.zeros(1, np.dtype(self.fields))
        self._of = {name: self.record[name] for name, _, _ in self.fields}

    def calls(self) -> list[Call]:
        """What the record says of loss, gradients and updates, at the end of a step."""
        of, optimizer, loss = self._of, self.optimizer, self.loss
        firsts = of["step"], of["learning_rate"], of["loss"], of["metric"]
        first = partial(record_step, *firsts, optimizer.settings, loss.outcome, loss.tally)
        gradients, ratios = of["layer_gradient_norm"][0], of["layer_update_ratio"][0]
        sums, starts = (optimizer.squares, optimizer.unclipped), optimizer.parameters.starts
        norms = partial(record_norms, of["gradient_norm"], gradients, ratios, *sums, starts)
        return [first, norms]

    def read(self, epoch: int, samples: int, seconds: float) -> Record:
        """The record of the step just made, of which `calls` were a part."""
        of = self._of
        of["epoch"][0] = epoch
        of["samples"][0] = samples
        of["time"][0] = time.time()
        of["seconds"][0] = seconds
        return self.record
