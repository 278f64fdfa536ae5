"""Musical keys: which notes belong to one, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

MAJOR = (0, 2, 4, 5, 7, 9, 11)  # semitones above the tonic
MODES = ("major", "dorian", "phrygian", "lydian", "mixolydian", "minor", "locrian")  # by degrees
SHARPS, FLATS = "FCGDAEB", "BEADGCF"  # letters, in the order in which a key raises or lowers them
LETTERS = "CDEFGAB"
SIGNS = {-1: "-flat", 0: "", 1: "-sharp"}


class Key(NamedTuple):
    """A key.

    Attributes:
        name: such as ``B-flat major``.
        tonic: its first note as a MIDI number, in the octave from middle C.
        steps: semitones of its seven notes above the tonic; a minor key is a natural one.
        fifths: how many letters it raises, or if negative lowers.
    """

    name: str
    tonic: int
    steps: tuple[int, ...]
    fifths: int

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Its notes in any octave, as semitones above C."""
        return frozenset((self.tonic + it) % 12 for it in self.steps)

    def shift_of(self, letter: str) -> int:
        """By how many semitones it raises a letter: 1, 0 or -1."""
        if self.fifths >= 0:
            return int(letter in SHARPS[: self.fifths])
        return -int(letter in FLATS[: -self.fifths])


def _keys(fifths: int) -> Iterator[Key]:
    """The keys with a signature, one on each of its seven notes."""
    first = 7 * fifths % 12
    scale = [(first + it) % 12 for it in MAJOR]
    major = Key("", 0, (), fifths)
    naturals = dict(zip(LETTERS, MAJOR, strict=True))
    for letter in LETTERS:
        shift = major.shift_of(letter)
        pitch = (naturals[letter] + shift) % 12
        degree = scale.index(pitch)
        steps = tuple((it - pitch) % 12 for it in scale[degree:] + scale[:degree])
        yield Key(f"{letter}{SIGNS[shift]} {MODES[degree]}", 60 + pitch, steps, fifths)


ALL_KEYS = {key.name: key for fifths in range(-7, 8) for key in _keys(fifths)}
KEYS = {  # of generated melodies
    it: ALL_KEYS[it]
    for it in (
        "C major", "G major", "D major", "A major", "F major", "B-flat major", "E-flat major",
        "A minor", "E minor", "D minor",
    )
}  # fmt: skip
