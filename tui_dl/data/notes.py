"""Melodies as notes: from tokens, to ABC notation, to a MIDI file, and whether they are in a key.

ABC notation is that of its standard 2.1 (Walshaw 2011), a MIDI file one of format 0 (MIDI
Manufacturers Association 1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.keys import ALL_KEYS, Key
from tui_dl.spec.meters import COMMON, Meter

SHARP_NAMES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
FLAT_NAMES = ("C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B")
SHIFTS = {"♯": 1, "": 0, "♭": -1}
ABC_SIGNS = {1: "^", 0: "=", -1: "_"}
ABC_MODES = {"major": "", "minor": "m"}  # others by their first three letters
WHOLE, QUARTER, VELOCITY = 1920, 480, 80  # ticks of notes; how hard a key is struck
TEMPO = 500_000  # microseconds of a quarter
CLOCKS, THIRTY_SECONDS = 96, 8  # MIDI clocks of a whole note, 32nd notes of a quarter


class Note(NamedTuple):
    """A note: its MIDI number, when it begins and how long it is, in tokens of its meter."""

    pitch: int
    start: int
    length: int

    def spelled(self, key: Key) -> tuple[str, int, int]:
        """Its letter, by how much that is raised, and its octave, 4 from middle C."""
        names = FLAT_NAMES if key.fifths < 0 else SHARP_NAMES
        name = names[self.pitch % 12]
        return name[0], SHIFTS[name[1:]], self.pitch // 12 - 1


def notes_of(tokens: Iterable[int]) -> list[Note]:
    """The notes of a melody's tokens; holds before the first note are silence."""
    notes: list[Note] = []
    for start, token in enumerate(tokens):
        if 0 < token <= len(Melodies.PITCHES):
            notes.append(Note(Melodies.PITCHES[token - 1], start, 1))
        elif token == 0 and notes:
            notes[-1] = notes[-1]._replace(length=notes[-1].length + 1)
    return notes


def key_of(style: str) -> Key:
    """The key of a style, such as ``G major reel``; raises KeyError for an unknown one."""
    return ALL_KEYS[style.rpartition(" ")[0]]


def in_key(notes: Sequence[Note], key: Key) -> int:
    """How many of the notes belong to the key."""
    return sum(it.pitch % 12 in key.pitch_classes for it in notes)


def to_abc(notes: Sequence[Note], key: Key, title: str = "A tune", meter: Meter = COMMON) -> str:
    """The melody in ABC notation; a note over a bar line is two that are tied."""
    tonic, mode = key.name.split()
    name = tonic.replace("-flat", "b").replace("-sharp", "#") + ABC_MODES.get(mode, mode[:3])
    title = " ".join(title.split())
    head = f"X:1\nT:{title}\nM:{meter.name}\nL:1/{meter.grid}\nK:{name}\n"
    end = max((it.start + it.length for it in notes), default=0)
    bars = [_abc_bar(notes, key, at, at + meter.tokens) for at in range(0, end, meter.tokens)]
    return head + " | ".join(bars) + " |]\n"


def _abc_bar(notes: Sequence[Note], key: Key, first: int, last: int) -> str:
    """The part of the notes in one bar, in which an accidental holds to its end.

    The standard lets it hold in all octaves, other programs in its own: a note has its accidental
    wherever one of the two would read another note.
    """
    shifts: dict[str, dict[int, int]] = {}  # of a letter, by octave
    words = []
    at = first
    for note in notes:
        start, end = max(note.start, first), min(note.start + note.length, last)
        if start >= end:
            continue
        if start > at:
            words.append(f"z{_abc_length(start - at)}")
        letter, shift, octave = note.spelled(key)
        signed = shifts.setdefault(letter, {})
        before = (
            {*signed.values()} if octave in signed else {key.shift_of(letter), *signed.values()}
        )
        if before != {shift}:
            signed[octave] = shift
        sign = ABC_SIGNS[shift] if before != {shift} else ""
        tie = "-" * (note.start + note.length > last)
        pitch = letter + "," * (4 - octave) if octave < 5 else letter.lower() + "'" * (octave - 5)
        words.append(f"{sign}{pitch}{_abc_length(end - start)}{tie}")
        at = end
    return " ".join(words) or f"z{_abc_length(last - first)}"


def _abc_length(tokens: int) -> str:
    return str(tokens) if tokens > 1 else ""


def to_midi(notes: Sequence[Note], meter: Meter = COMMON) -> bytes:
    """The melody as a MIDI file of one track, played by a piano at 120 quarters a minute."""
    events: list[tuple[int, bytes]] = [
        (0, b"\xff\x51\x03" + TEMPO.to_bytes(3, "big")),
        (0, b"\xff\x58\x04" + _time_signature(meter)),
        (0, b"\xc0\x00"),
    ]
    ticks = WHOLE // meter.grid
    for note in notes:
        events.append((note.start * ticks, bytes([0x90, note.pitch, VELOCITY])))
        events.append(((note.start + note.length) * ticks, bytes([0x80, note.pitch, 0])))
    track, now = b"", 0
    for time, event in [*events, (events[-1][0], b"\xff\x2f\x00")]:
        track += _variable_length(time - now) + event
        now = time
    header = b"MThd" + (6).to_bytes(4, "big") + b"\x00\x00\x00\x01" + QUARTER.to_bytes(2, "big")
    return header + b"MTrk" + len(track).to_bytes(4, "big") + track


def _time_signature(meter: Meter) -> bytes:
    """The four bytes of a meter: beats, their unit as a power of two, clocks of a click, and 8."""
    clocks = CLOCKS * meter.units_of_click // meter.unit
    return bytes([meter.beats, meter.unit.bit_length() - 1, clocks, THIRTY_SECONDS])


def _variable_length(number: int) -> bytes:
    """A number in groups of seven bits, all but the last with the highest bit set."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(0x80 | number & 0x7F)
    return bytes(reversed(groups))
