"""Meters: how long a bar is, and into how many tokens a melody divides it."""

from __future__ import annotations

from typing import NamedTuple

UNITS = (1, 2, 4, 8, 16, 32)  # parts of a whole note that have a sign


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
    def is_compound(self) -> bool:
        """Whether its beats are felt in groups of three, as those of 6/8 are."""
        return self.beats > 3 and self.beats % 3 == 0

    @property
    def units_of_click(self) -> int:
        """How many units a metronome's click has: three of eighths in a compound meter."""
        return 3 if self.unit >= 8 and self.is_compound else 1

    @property
    def is_divided(self) -> bool:
        """Whether its unit is a note, and tokens divide a bar without a rest."""
        return self.beats > 0 and self.unit in UNITS and self.grid * self.beats % self.unit == 0


COMMON = Meter(4, 4)


def meter_of(style: str) -> Meter:
    """The meter of a style, such as ``G major 6/8``; that of ``G major reel`` is 4/4."""
    beats, _, unit = (style.split() or [""])[-1].partition("/")
    if beats.isdecimal() and unit.isdecimal() and int(unit):
        return Meter(int(beats), int(unit))
    return COMMON
