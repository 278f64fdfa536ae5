"""Which epoch was best, and when patience has run out."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from tui_dl.recipe import EarlyStopping


@dataclass
class Stopping:
    """Follows validation loss from epoch to epoch.

    `best_epoch` has the lowest loss so far; `waited` counts epochs since one was lower by more
    than `min_delta` than all before it that counted.
    """

    recipe: EarlyStopping | None
    best_epoch: int = 0
    best_loss: float = inf
    waited: int = 0
    _reference: float = inf

    def see(self, epoch: int, loss: float) -> bool:
        """Take in an epoch's validation loss; True when it is the best so far."""
        better = loss < self.best_loss
        if better:
            self.best_epoch, self.best_loss = epoch, loss
        if loss < self._reference - (self.recipe.min_delta if self.recipe else 0.0):
            self._reference, self.waited = loss, 0
        else:
            self.waited += 1
        return better

    @property
    def exhausted(self) -> bool:
        """Whether patience has run out."""
        return self.recipe is not None and self.waited >= self.recipe.patience
