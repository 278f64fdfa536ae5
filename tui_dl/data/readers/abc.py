"""Tunes in ABC notation: the files, the tunes in them, and the headers of each.

ABC notation is that of its standard 2.1 (Walshaw 2011).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.abc_bars import Bar, LeftOutError, bars_of
from tui_dl.data.readers.file_bytes import fingerprint
from tui_dl.data.readers.plain_text import read_plain_text
from tui_dl.spec.data.melodies import TUNES
from tui_dl.spec.keys import ALL_KEYS, MODES, SIGNS, Key
from tui_dl.spec.meters import Meter
from tui_dl.support.errors import UserError
from tui_dl.support.os_errors import fault

LONGEST_LINE, LONGEST_TUNE = 10_000, 20_000  # characters
FIELD = re.compile(r"\s*([A-Za-z]):(.*)")
KEY = re.compile(r"([A-G])([#b]?)\s*([A-Za-z]*)\s*(.*)")
METER = re.compile(r"(\d{1,2})/(\d{1,2})")
LENGTH = re.compile(r"1/(\d{1,3})|1")
KEY_SIGNS = {"b": SIGNS[-1], "": SIGNS[0], "#": SIGNS[1]}
KEY_MODES = {"": "major", "m": "minor", "ion": "major", "aeo": "minor"} | {
    it[:3]: it for it in MODES
}
METERS = {"C": "4/4", "C|": "2/2"}
MUSIC = "KLMmUV"  # fields that change how the notes after them are read


class Tune(NamedTuple):
    """A tune: its key, its meter and its bars; notes of a bar are in tokens of the meter."""

    key: Key
    meter: Meter
    bars: list[Bar]


class TunesFile(NamedTuple):
    """The tunes of a file or of several.

    Attributes:
        tunes: in the order of the files.
        left_out: how many were not read, by the reason.
        first: where the first of these begins.
        fingerprint: SHA-256 of the files, in hexadecimal.
        size: bytes of the files, unpacked.
        notes: what was found out, a plain line each.
    """

    tunes: list[Tune]
    left_out: Counter[str]
    first: str
    fingerprint: str
    size: int
    notes: tuple[str, ...]


def read_tunes(path: Path) -> TunesFile:
    """Read a file of tunes, or all files in a folder whose names end in ``.abc``.

    Raises:
        UserError: there is no such file, one is no text, or it has no tune; the message names it.
    """
    tunes: list[Tune] = []
    left_out: Counter[str] = Counter()
    first, size, prints, notes = "", 0, list[bytes](), dict[str, None]()
    for file in files_of(path):
        text = read_plain_text(file)
        prints.append(bytes.fromhex(text.fingerprint))
        size += text.size
        notes |= dict.fromkeys(text.notes)
        for number, lines in _tunes(file, text.text.split("\n")):
            try:
                tunes.append(read_tune(lines))
            except LeftOutError as error:
                left_out[str(error)] += 1
                first = first or f"{file}, line {number:,}"
    whole = prints[0].hex() if path.is_file() else fingerprint(prints)
    return TunesFile(tunes, left_out, first, whole, size, tuple(notes))


def files_of(path: Path) -> list[Path]:
    """A file itself, or the files of tunes in a folder and in folders below it, by name.

    Raises:
        UserError: there is none, or a folder cannot be looked into.
    """
    if not path.is_dir():
        return [path]
    try:
        found = sorted(filter(_is_abc, path.rglob("*")))
    except OSError as error:
        raise UserError(fault(error)) from None
    if not found:
        raise UserError(f"{path}: a folder without files of tunes: give one with {TUNES} files")
    return found


def _is_abc(file: Path) -> bool:
    name = file.name.lower().removesuffix(".gz")
    return name.endswith(TUNES) and not name.startswith(".") and file.is_file()


def _tunes(path: Path, lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines of each tune and the number of its first one.

    A tune begins with its number, X, and ends at an empty line after its key, or at the next one.
    Fields before the first tune are of all tunes.
    """
    common: list[str] = []
    tune: list[str] | None = None
    start, count = 0, 0
    for number, line in enumerate([*lines, "X:"], start=1):
        if len(line) > LONGEST_LINE:
            raise UserError(
                f"{path}, line {number:,}: {len(line):,} characters: a line of ABC notation has at "
                f"most {LONGEST_LINE:,}: give tunes in lines of a few bars"
            )
        if line.startswith("X:"):
            if tune:
                yield start, tune
            tune, start, count = [*common], number, count + 1
        elif tune is None and not count:
            common += [line] if FIELD.match(line) else []
        elif tune and not line.strip() and any(it.startswith("K:") for it in tune):
            yield start, tune
            tune = None
        elif tune is not None:
            tune.append(line)
    if count == 1:
        raise UserError(
            f"{path}, line 1: no tune: one in ABC notation begins with a line such as X:1"
        )


def read_tune(lines: Sequence[str]) -> Tune:
    """A tune of the lines after its number.

    Raises:
        LeftOutError: something in it cannot be read; the message says what.
    """
    found = [FIELD.match(line.partition("%")[0]) for line in lines]
    end = next((at for at, it in enumerate(found) if it and it[1] == "K"), len(lines) - 1)
    fields = {it[1]: it[2].strip() for it in found[: end + 1] if it}
    key, meter = key_of(fields.get("K", "")), meter_of(fields.get("M", ""))
    unit = length_of(fields["L"]) if "L" in fields else Fraction(1, meter.grid)
    music = []
    for line in lines[end + 1 :]:
        field = FIELD.match(line)
        if field and field[1] in MUSIC:
            if field[1] != "L" or length_of(field[2].partition("%")[0].strip()) != unit:
                raise LeftOutError("a change of key, meter or voice")
        elif not field:
            music.append(line.partition("%")[0])
    text = "\n".join(music)
    if len(text) > LONGEST_TUNE:
        raise LeftOutError(f"more than {LONGEST_TUNE:,} characters")
    return Tune(key, meter, bars_of(text, key, meter, unit))


def key_of(field: str) -> Key:
    """The key that a field says, such as ``F#m`` or ``A Mixolydian``; raises LeftOutError."""
    found = KEY.fullmatch(field)
    mode = KEY_MODES.get(found[3][:3].lower() if len(found[3]) > 1 else found[3]) if found else None
    name = f"{found[1]}{KEY_SIGNS[found[2]]} {mode}" if found else ""
    if not found or found[4] or name not in ALL_KEYS:
        raise LeftOutError("no key that can be read")
    return ALL_KEYS[name]


def meter_of(field: str) -> Meter:
    """The meter that a field says, such as ``6/8`` or ``C|``; raises LeftOutError."""
    found = METER.fullmatch(METERS.get(field, field))
    meter = Meter(int(found[1]), int(found[2])) if found else None
    if not meter or not meter.is_divided:
        raise LeftOutError("no meter that can be read")
    return meter


def length_of(field: str) -> Fraction:
    """The unit length that a field says, such as ``1/8``; raises LeftOutError."""
    found = LENGTH.fullmatch(field)
    if not found or (found[1] and not int(found[1])):
        raise LeftOutError("no unit length that can be read")
    return Fraction(1, int(found[1] or 1))
