"""One record a step: what the loss, the gradients and the updates were."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt

from tui_dl.engine.optimizer import Optimizer
from tui_dl.engine.step import Score
from tui_dl.events import step_fields
from tui_dl.kernels.update import GRADIENT, UPDATE, WEIGHT

Record = npt.NDArray[np.void]  # of shape (1,)


class Meters:
    """Fills one record over and over; whoever keeps it copies it."""

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.fields = step_fields(len(optimizer.parameters.layers))
        self.record: Record = np.zeros(1, np.dtype(self.fields))

    def read(self, epoch: int, samples: int, score: Score, seconds: float) -> Record:
        """The record of the step just made."""
        squares = self.optimizer.parameters.by_layer(self.optimizer.squares)
        norms = np.sqrt(squares)
        record = self.record
        record["step"] = self.optimizer.updates
        record["epoch"] = epoch
        record["samples"] = samples
        record["time"] = time.time()
        record["seconds"] = seconds
        record["loss"] = score.loss
        record["metric"] = np.nan if score.accuracy is None else score.accuracy
        record["learning_rate"] = self.optimizer.learning_rate
        record["gradient_norm"] = np.sqrt(squares[:, GRADIENT].sum())
        record["layer_gradient_norm"] = norms[:, GRADIENT]
        with np.errstate(invalid="ignore"):  # both are infinite just before a run diverges
            record["layer_update_ratio"] = norms[:, UPDATE] / np.maximum(norms[:, WEIGHT], 1e-30)
        return record
