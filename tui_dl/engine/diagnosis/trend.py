"""How a loss moves over a whole run, however long: a few equal pieces of it, and their slope.

A loss that falls as a power of time falls ever more slowly and yet goes on; so what counts as level
is measured against how long the run has lasted, and never by a number of epochs.
"""

from __future__ import annotations

from itertools import combinations
from statistics import median

import msgspec

PIECES = 32  # at most; at least half of that once there were so many
LEVEL = 0.93  # what the last third has of the middle one's: t^-0.14 would get there


class Curve(msgspec.Struct):
    """A loss from the beginning on, as means of equally many stretches each.

    Attributes:
        pieces: the means.
        each: stretches of a piece; doubled whenever there are too many pieces.
        rest: losses of the stretches since the last piece.
        length: stretches in all.
    """

    pieces: list[float] = []
    each: int = 1
    rest: list[float] = []
    length: int = 0

    def add(self, loss: float) -> None:
        """Take in one more stretch."""
        self.length += 1
        self.rest = [*self.rest, loss]
        if len(self.rest) < self.each:
            return
        self.pieces, self.rest = [*self.pieces, sum(self.rest) / self.each], []
        if len(self.pieces) == PIECES:
            pairs = zip(self.pieces[::2], self.pieces[1::2], strict=True)
            self.pieces, self.each = [(one + other) / 2 for one, other in pairs], self.each * 2

    def is_level(self, least: float) -> bool:
        """Whether the last third of the run is hardly lower than the one before it."""
        third = len(self.pieces) // 3
        if not third:
            return False
        late, middle = self.pieces[-third:], self.pieces[-2 * third : -third]
        return median(late) - least > LEVEL * (median(middle) - least)

    def at_end(self, length: float) -> float:
        """What the loss would be after `length` stretches, if it went on as in the last half.

        The slope is Theil and Sen's: the median of those between all pairs of pieces.
        """
        last = self.pieces[len(self.pieces) // 2 :]
        pairs = combinations(enumerate(last), 2)
        slope = median([(b - a) / (j - i) for (i, a), (j, b) in pairs] or [0.0])
        return median(last) + slope * (length - self.length + len(last) * self.each / 2) / self.each
