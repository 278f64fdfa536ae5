"""The trend of a loss over a whole run of any length, from a few means over equal pieces.

A loss that falls as a power of time falls ever more slowly. So whether it is level is measured
relative to the length of the run, not over a fixed number of epochs.
"""

from __future__ import annotations

from itertools import combinations
from statistics import median

import msgspec

PIECES = 32  # at most; then pairs are merged
LEVEL = (
    0.93  # of the middle third's loss is left in the last third, at least; t^-0.14 would reach it
)


class Curve(msgspec.Struct):
    """A loss from the beginning of a run, as means over equally many stretches.

    Attributes:
        pieces: the means.
        each: stretches of a piece; doubled when pairs of pieces are merged.
        rest: losses of the stretches since the last piece.
        length: stretches in all.
    """

    pieces: list[float] = []
    each: int = 1
    rest: list[float] = []
    length: int = 0

    def add(self, loss: float) -> None:
        """Add the loss of a stretch."""
        self.length += 1
        self.rest = [*self.rest, loss]
        if len(self.rest) < self.each:
            return
        self.pieces, self.rest = [*self.pieces, sum(self.rest) / self.each], []
        if len(self.pieces) == PIECES:
            pairs = zip(self.pieces[::2], self.pieces[1::2], strict=True)
            self.pieces, self.each = [(one + other) / 2 for one, other in pairs], self.each * 2

    def is_level(self, least: float) -> bool:
        """Whether the last third of the run is hardly lower than the third before it."""
        third = len(self.pieces) // 3
        if not third:
            return False
        late, middle = self.pieces[-third:], self.pieces[-2 * third : -third]
        return median(late) - least > LEVEL * (median(middle) - least)

    def at_end(self, length: float) -> float:
        """The loss extrapolated to `length` stretches, from the last half of the run.

        The slope is Theil and Sen's: the median of the slopes between all pairs of pieces.
        """
        last = self.pieces[len(self.pieces) // 2 :]
        pairs = combinations(enumerate(last), 2)
        slope = median([(b - a) / (j - i) for (i, a), (j, b) in pairs] or [0.0])
        return median(last) + slope * (length - self.length + len(last) * self.each / 2) / self.each
