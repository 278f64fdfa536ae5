"""One record a step: what the loss, the gradients and the updates were."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
import numpy.typing as npt

from tui_dl.engine.optimizer import Optimizer
from tui_dl.engine.score import Score
from tui_dl.events import step_fields
from tui_dl.kernels.layer import Call
from tui_dl.kernels.norms import norms

Record = npt.NDArray[np.void]  # of shape (1,)


class Meters:
    """Fills one record over and over; whoever keeps it copies it."""

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.fields = step_fields(len(optimizer.parameters.layers))
        self.record: Record = np.zeros(1, np.dtype(self.fields))
        self._of = {name: self.record[name] for name, _, _ in self.fields}

    def calls(self) -> list[Call]:
        """What the record says of gradients and updates, at the end of a step."""
        of, optimizer = self._of, self.optimizer
        gradients, ratios = of["layer_gradient_norm"][0], of["layer_update_ratio"][0]
        sums, starts = (optimizer.squares, optimizer.unclipped), optimizer.parameters.starts
        return [partial(norms, of["gradient_norm"], gradients, ratios, *sums, starts)]

    def read(self, epoch: int, samples: int, score: Score, seconds: float) -> Record:
        """The record of the step just made, of which `calls` were a part."""
        of = self._of
        of["step"][0] = self.optimizer.updates
        of["epoch"][0] = epoch
        of["samples"][0] = samples
        of["time"][0] = time.time()
        of["seconds"][0] = seconds
        of["loss"][0] = score.loss
        of["metric"][0] = np.nan if score.accuracy is None else score.accuracy
        of["learning_rate"][0] = self.optimizer.learning_rate
        return self.record
