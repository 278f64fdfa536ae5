"""The notes of a tune in ABC notation, bar by bar.

Repeats are not played, and of several endings the first one is read. Of a chord the highest note
is read; grace notes, decorations, slurs and chord symbols are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tui_dl.spec.keys import LETTERS, MAJOR, Key
from tui_dl.spec.meters import Meter

NATURALS = dict(zip(LETTERS, MAJOR, strict=True))
SHIFTS = {"^": 1, "^^": 2, "=": 0, "_": -1, "__": -2}
LENGTH = r"\d{0,3}(?:/\d{1,3}|/{0,4})"
NOTE = r"(?:\^{1,2}|_{1,2}|=)?[A-Ga-g][,']{0,4}"
SIGN = re.compile(
    rf"""
    (?P<skip> "[^"\n]*" | ![^!\n]*! | \+[^+\n]*\+ | \{{[^}}\n]*\}} | [\s\\`.~H-WhijkltuvyK$*)]+ )
  | \[(?P<field>[A-Za-z]):[^\]\n]*\]
  | (?P<line> (?:\[\||[|:])[|:\]]* ) (?P<ending> [ ]*\[\d | \d )? [\d,.-]*
  | (?P<alone> \[\d ) [\d,.-]*
  | \((?P<tuplet> \d)(?: :(?P<time>\d?) (?: :(?P<many>\d?) )? )?
  | (?P<slur> \( )
  | (?P<note> {NOTE} ) (?P<length> {LENGTH} )
  | \[ (?P<chord> (?: {NOTE}{LENGTH} \s* )+ ) \] (?P<chord_length> {LENGTH} )
  | [zx] (?P<rest> {LENGTH} )
  | (?P<broken> >{{1,3}} | <{{1,3}} )
  | (?P<tie> - )
    """,
    re.VERBOSE,
)
EACH = re.compile(rf"({NOTE})({LENGTH})")
IN_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}  # of tuplets; others depend on the meter


class LeftOutError(Exception):
    """What a tune has that cannot be read, as a noun."""


class BarNote(NamedTuple):
    """A note: MIDI number, start in the bar and length in tokens, and whether it is tied."""

    pitch: int
    start: Fraction
    length: Fraction
    is_tied: bool


class Bar(NamedTuple):
    """A bar: its notes, its length in tokens, whether it begins a part, and its rests."""

    notes: list[BarNote]
    length: Fraction
    begins: bool
    rests: int


def bars_of(text: str, key: Key, meter: Meter, unit: Fraction) -> list[Bar]:
    """The bars of a tune; empty ones and those of second endings are left out.

    Raises:
        LeftOutError: there is something that cannot be read.
    """
    bars: list[Bar] = []
    now, begins, skips = _BarReader(key, meter, unit), True, False
    tie: tuple[str, int] | None = None

    for sign in _signs(text):
        if sign["line"] or sign["alone"]:
            if now.length:
                if not skips:
                    bars.append(Bar(now.notes, now.length, begins, now.rests))
                tie = now.tie
                now, begins = _BarReader(key, meter, unit, tie), False
            line, ending = sign["line"] or "", sign["ending"] or sign["alone"] or ""
            if ":" in line or "||" in line or "]" in line or "[|" in line:
                begins, skips = True, False
            if ending:
                skips = not ending.endswith("1")
                begins = begins and skips
        else:
            now.read(sign)
    if now.length and not skips:
        bars.append(Bar(now.notes, now.length, begins, now.rests))
    if not any(bar.notes for bar in bars):
        raise LeftOutError("no notes")
    return bars


def _signs(text: str) -> Iterator[re.Match[str]]:
    """The signs of a tune, one after another; raises LeftOutError for one that is unknown."""
    at = 0
    while at < len(text):
        sign = SIGN.match(text, at)
        if not sign or sign.end() == at:
            raise LeftOutError("a sign that is not read")
        if sign["field"] and sign["field"] in "KLMUV":
            raise LeftOutError("a change of key, meter or voice")
        at = sign.end()
        if not (sign["skip"] or sign["slur"] or sign["field"]):
            yield sign


class _BarReader:
    """Reads the signs of one bar.

    Attributes:
        tie: name and pitch of the last note, if it is tied to the next one.
    """

    def __init__(
        self, key: Key, meter: Meter, unit: Fraction, tie: tuple[str, int] | None = None
    ) -> None:
        self.notes: list[BarNote] = []
        self.length = Fraction(0)
        self.rests = 0
        self.tie = tie
        self._last = ("", 0)
        self._key, self._unit = key, unit * meter.grid
        self._is_compound = meter.is_compound
        self._shifts: dict[str, int] = {}
        self._tuplet, self._left = Fraction(1), 0
        self._broken = Fraction(1)  # of the next note

    def read(self, sign: re.Match[str]) -> None:
        """Read a sign that is no bar line."""
        if sign["note"]:
            self._add(sign["note"], _length(sign["length"]))
        elif sign["chord"]:
            each = EACH.findall(sign["chord"])
            highest = max((self._pitch(name), name) for name, _ in each)[1]
            self._add(highest, _length(each[0][1]) * _length(sign["chord_length"]))
        elif sign["rest"] is not None:
            self.length += self._timed(_length(sign["rest"]))
            self.rests += 1
            self.tie = None
        elif sign["tie"]:
            if self.notes and self.tie is None:
                self.tie = self._last
        elif sign["tuplet"]:
            self._begin_tuplet(sign)
        elif sign["broken"]:
            self._break(sign["broken"])

    def _add(self, name: str, length: Fraction) -> None:
        """A note at the end of the bar; one that is tied makes the one before longer."""
        pitch, lasts = self._pitch(name), self._timed(length)
        plain = name.lstrip("^_=")
        tied = self.tie is not None and plain == self.tie[0]
        if tied and self.tie and name == plain:
            pitch = self.tie[1]
        tied = tied and self.tie is not None and pitch == self.tie[1]
        self.notes.append(BarNote(pitch, self.length, lasts, tied))
        self._last = (plain, pitch)
        self.length += lasts
        self.tie = None

    def _pitch(self, name: str) -> int:
        """The MIDI number of a note; its accidental holds to the end of the bar, in all octaves."""
        plain = name.lstrip("^_=")
        letter = plain[0].upper()
        if accidental := name[: len(name) - len(plain)]:
            self._shifts[letter] = SHIFTS[accidental]
        shift = self._shifts.get(letter, self._key.shift_of(letter))
        octave = plain.count("'") - plain.count(",") + plain[0].islower()
        return 60 + 12 * octave + NATURALS[letter] + shift

    def _timed(self, length: Fraction) -> Fraction:
        """The length in tokens of a note that is written with a length."""
        lasts = length * self._unit * self._broken
        self._broken = Fraction(1)
        if self._left:
            self._left -= 1
            lasts *= self._tuplet
        return lasts

    def _begin_tuplet(self, sign: re.Match[str]) -> None:
        count = int(sign["tuplet"])
        time = int(sign["time"] or IN_TIME.get(count, 3 if self._is_compound else 2))
        if not count or not time:
            raise LeftOutError("a sign that is not read")
        self._tuplet, self._left = Fraction(time, count), int(sign["many"] or count)

    def _break(self, signs: str) -> None:
        """Make one of two notes longer, and the other one as much shorter."""
        short = Fraction(1, 2 ** len(signs))
        before, self._broken = (2 - short, short) if signs[0] == ">" else (short, 2 - short)
        if not self.notes:
            return
        last = self.notes[-1]
        self.notes[-1] = last._replace(length=last.length * before)
        self.length += last.length * (before - 1)


def _length(text: str) -> Fraction:
    """What a length stands for, such as ``3/2``; one slash is a half, two are a quarter."""
    number, slash, rest = text.partition("/")
    if not slash:
        below = 1
    elif rest.isdecimal():
        below = int(rest)
    else:
        below = 2 ** (1 + len(rest))
    if below == 0 or (number and not int(number)):
        raise LeftOutError("a length of nothing")
    return Fraction(int(number or 1), below)
