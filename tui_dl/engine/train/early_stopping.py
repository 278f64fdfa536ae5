"""Early stopping: the best epoch so far, and the epochs since the last improvement."""

from __future__ import annotations

from math import inf, isfinite

import msgspec


class Stopping(msgspec.Struct):
    """State of early stopping on one number, the lower the better.

    Attributes:
        best_epoch: the epoch with the lowest finite value; 0 while there is none.
        lowest: that value; None while there is none.
        waited: epochs since a value was lower than `reference` by more than `min_delta`.
        reference: the last value that was such an improvement.
    """

    best_epoch: int = 0
    lowest: float | None = None
    waited: int = 0
    reference: float | None = None

    def update(self, epoch: int, value: float, min_delta: float) -> bool:
        """Add an epoch's value; True if it is the best so far. NaN and infinity never are."""
        is_best = isfinite(value) and value < _or_infinite(self.lowest)
        if is_best:
            self.best_epoch, self.lowest = epoch, value
        if isfinite(value) and value < _or_infinite(self.reference) - min_delta:
            self.reference, self.waited = value, 0
        else:
            self.waited += 1
        return is_best


def _or_infinite(value: float | None) -> float:
    return inf if value is None else value
