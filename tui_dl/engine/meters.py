"""One record a step: what the loss, the gradients and the updates were."""

from __future__ import annotations

import time
from functools import partial
from struct import Struct

import numpy as np
import numpy.typing as npt

from tui_dl.engine.optimizer import Optimizer
from tui_dl.events import step_fields
from tui_dl.kernels.layer import Call
from tui_dl.kernels.loss import Loss
from tui_dl.kernels.record import record_norms, record_step

Record = npt.NDArray[np.void]  # of shape (1,)
# Of a record: its epoch, samples, time and seconds, which stand side by side. Written as one, since
# four assignments to an array's fields cost three times as much.
STAMP = Struct("<iidf")


class Meters:
    """Fills one record over and over; whoever keeps it copies it."""

    def __init__(self, optimizer: Optimizer, loss: Loss) -> None:
        self.optimizer, self.loss = optimizer, loss
        self.fields = step_fields(len(optimizer.parameters.layers))
        self.record: Record = np.zeros(1, np.dtype(self.fields))
        self._of = {name: self.record[name] for name, _, _ in self.fields}
        assert self.record.dtype.fields
        self._stamp_at = self.record.dtype.fields["epoch"][1]
        self._bytes = self.record.view(np.uint8).data

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
        STAMP.pack_into(self._bytes, self._stamp_at, epoch, samples, time.time(), seconds)
        return self.record
