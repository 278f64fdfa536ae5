"""Meters: how long a bar is, and into how many tokens a melody divides it."""

from __future__ import annotations

from typing import NamedTuple


class Meter(NamedTuple):
    """A meter, such as 6/8.

    Attributes:
        beats: of a bar.
        unit: which part of a whole note a beat is.
    """

    beats: int
    unit: int

    @property
    def name(self) -> str:
        """Such as ``6/8``."""
        return f"{self.beats}/{self.unit}"

    @property
    def grid(self) -> int:
        """Which part of a whole note a token is: the unit length of ABC notation for the meter."""
        return 16 if 4 * self.beats < 3 * self.unit else 8

    @property
    def tokens(self) -> int:
        """How many tokens a bar has; at least 1 where they divide it."""
        return self.grid * self.beats // self.unit

    @property
    def is_divided(self) -> bool:
        """Whether tokens divide a bar without a rest."""
        return self.beats > 0 and self.grid * self.beats % self.unit == 0


COMMON = Meter(4, 4)


def meter_of(style: str) -> Meter:
    """The meter of a style, such as ``G major 6/8``; that of ``G major reel`` is 4/4."""
    beats, _, unit = style.rpartition(" ")[2].partition("/")
    if beats.isdecimal() and unit.isdecimal() and int(unit):
        return Meter(int(beats), int(unit))
    return COMMON
