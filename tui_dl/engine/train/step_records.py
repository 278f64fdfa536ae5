"""One record a step: what the loss, the gradients and the updates were.

A step may take 10 microseconds, so records are handed out many at a time.
"""

from __future__ import annotations

from functools import partial
from struct import Struct

import numpy as np
import numpy.typing as npt

from tui_dl.engine.train.optimizer import Optimizer
from tui_dl.kernels.core.program import Call
from tui_dl.kernels.core.step_record import keep_record, record_norms, record_step
from tui_dl.kernels.losses.base import Loss
from tui_dl.protocol.step_record import step_fields

Records = npt.NDArray[np.void]
MOST = 1024  # records at a time
# Of a record: its epoch, samples, time and seconds, which stand side by side. Written as one, since
# four assignments to an array's fields cost three times as much.
STAMP = Struct("<iidf")


class StepRecorder:
    """Makes a record of every step, and keeps them until they are taken."""

    def __init__(self, optimizer: Optimizer, loss: Loss) -> None:
        self.optimizer, self.loss = optimizer, loss
        self.fields = step_fields(len(optimizer.parameters.layers))
        dtype = np.dtype(self.fields)
        record = np.zeros(1, dtype)
        self._of = {name: record[name] for name, _, _ in self.fields}
        self._words = record.view(np.int32)
        self._kept: Records = np.zeros(MOST, dtype)
        self._count = np.zeros(1, np.int64)  # of those kept
        self._bytes = self._kept.view(np.uint8).data
        assert dtype.fields
        self._first_stamp, self._size = dtype.fields["epoch"][1], dtype.itemsize
        self._next_stamp = self._first_stamp

    def calls(self) -> list[Call]:
        """Keep what the record says of loss, gradients and updates, at the end of a step."""
        of, optimizer, loss = self._of, self.optimizer, self.loss
        firsts = of["step"], of["learning_rate"], of["loss"], of["metric"]
        rate, number = optimizer.settings["learning_rate"], optimizer.settings["step"]
        first = partial(record_step, *firsts, rate, number, loss.loss_sums, loss.weight_sums)
        gradients, ratios = of["layer_gradient_norm"][0], of["layer_update_ratio"][0]
        weights, starts = of["layer_weight_norm"][0], optimizer.parameters.starts
        sums = optimizer.squares, optimizer.unclipped
        norms = partial(
            record_norms, of["gradient_norm"], gradients, ratios, weights, *sums, starts
        )
        words = self._kept.view(np.int32).reshape(MOST, -1)
        return [first, norms, partial(keep_record, words, self._count, self._words)]

    @property
    def gradient_norm(self) -> float:
        """Of the step just made."""
        return float(self._of["gradient_norm"][0])

    def stamp(self, epoch: int, samples: int, time: float, seconds: float) -> None:
        """Complete the record of the step just made, which ended at `time`, in Unix seconds."""
        STAMP.pack_into(self._bytes, self._next_stamp, epoch, samples, time, seconds)
        self._next_stamp += self._size

    def set_loss(self, loss: float, metric: float) -> None:
        """Say of the step just made, before its stamp, what it was worth."""
        row = self._kept[self._next_stamp // self._size]
        row["loss"], row["metric"] = loss, metric

    def take(self) -> Records:
        """All records with a stamp, until the next step is made."""
        count = self._next_stamp // self._size
        self._next_stamp, self._count[0] = self._first_stamp, 0
        return self._kept[:count]
