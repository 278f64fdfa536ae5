"""Musical keys: which notes belong to one, and how it is written."""

from __future__ import annotations

from typing import NamedTuple

MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)  # semitones above the tonic
SHARPS, FLATS = "FCGDAEB", "BEADGCF"  # letters, in the order in which a key raises or lowers them


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


KEYS = {
    it.name: it
    for it in (
        Key("C major", 60, MAJOR, 0),
        Key("G major", 67, MAJOR, 1),
        Key("D major", 62, MAJOR, 2),
        Key("A major", 69, MAJOR, 3),
        Key("F major", 65, MAJOR, -1),
        Key("B-flat major", 70, MAJOR, -2),
        Key("E-flat major", 63, MAJOR, -3),
        Key("A minor", 69, MINOR, 0),
        Key("E minor", 64, MINOR, 1),
        Key("D minor", 62, MINOR, -1),
    )
}
