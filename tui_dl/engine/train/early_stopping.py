"""Which epoch was best, and how long ago the last one was that counted as better."""

from __future__ import annotations

from math import inf, isfinite

import msgspec


class Stopping(msgspec.Struct):
    """Follows one number from epoch to epoch, the lower the better; None: none was finite yet.

    `best_epoch` has the lowest finite one; `waited` counts epochs since one was lower by more than
    `min_delta` than all before it that counted. What is not finite is never better.
    """

    best_epoch: int = 0
    lowest: float | None = None
    waited: int = 0
    reference: float | None = None

    def see(self, epoch: int, value: float, min_delta: float) -> bool:
        """Take in an epoch's number; True when it is the best so far."""
        better = isfinite(value) and value < _or_infinite(self.lowest)
        if better:
            self.best_epoch, self.lowest = epoch, value
        if isfinite(value) and value < _or_infinite(self.reference) - min_delta:
            self.reference, self.waited = value, 0
        else:
            self.waited += 1
        return better


def _or_infinite(value: float | None) -> float:
    return inf if value is None else value
