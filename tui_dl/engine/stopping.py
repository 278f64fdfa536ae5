"""Which epoch was best, and how long ago the last one was that counted as better."""

from __future__ import annotations

from math import inf

import msgspec


class Stopping(msgspec.Struct):
    """Follows validation loss from epoch to epoch; None where nothing was seen yet.

    `best_epoch` has the lowest loss so far; `waited` counts epochs since one was lower by more
    than `min_delta` than all before it that counted.
    """

    best_epoch: int = 0
    best_loss: float | None = None
    waited: int = 0
    reference: float | None = None

    def see(self, epoch: int, loss: float, min_delta: float) -> bool:
        """Take in an epoch's validation loss; True when it is the best so far."""
        better = loss < _or_infinite(self.best_loss)
        if better:
            self.best_epoch, self.best_loss = epoch, loss
        if loss < _or_infinite(self.reference) - min_delta:
            self.reference, self.waited = loss, 0
        else:
            self.waited += 1
        return better


def _or_infinite(loss: float | None) -> float:
    return inf if loss is None else loss
