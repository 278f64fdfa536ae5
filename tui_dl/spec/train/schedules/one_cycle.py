"""A learning rate that rises and falls once in a run."""

from __future__ import annotations

from typing import Annotated

import msgspec

from tui_dl.spec.train.schedules.base import Epochs, Schedule, half_cosine
from tui_dl.spec.train.table import Share

Divisor = Annotated[float, msgspec.Meta(ge=1, le=1_000_000)]


class OneCycle(Schedule, frozen=True, tag="one_cycle"):
    """Up along half a cosine for `warm_up_fraction` of all steps, and down to the end (Smith 2018).

    PyTorch's OneCycleLR: its highest rate comes one step before the warm-up ends. It begins at the
    learning rate over
    `start_divisor` and ends at that over `end_divisor`.
    """

    warm_up_fraction: Share = 0.3
    start_divisor: Divisor = 25.0
    end_divisor: Divisor = 10_000.0

    def rate(self, base: float, step: int, epochs: Epochs, plateaus: int) -> float:
        first, last = base / self.start_divisor, epochs.steps - 1
        top = self.warm_up_fraction * (last + 1) - 1
        if step <= top and top > 0:
            return half_cosine(first, base, step / top)
        down = min(1.0, (step - top) / (last - top))
        return half_cosine(base, first / self.end_divisor, down)
