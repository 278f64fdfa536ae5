"""Pieces of tunes as tokens: 32 from every fourth bar line on, as the `melodies` source has them.

A note that begins between two tokens, as in a triplet, moves to the one before, or if that is taken
to the one after, else it is left out. A rest is filled by the note before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

from tui_dl.data.readers.abc import Tune, TunesFile, read_tunes
from tui_dl.data.readers.abc_bars import Bar
from tui_dl.spec.data.melodies import Melodies
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted

BARS = 4  # between the beginnings of two pieces
NONE = -1  # the target after the end of a tune
TOO_FAR = "notes below C4 or above B5"
TOO_LONG = "a bar that is longer than its meter"
MOVED, DROPPED, RESTS = "moved", "dropped", "rests"


class Piece(NamedTuple):
    """A part of a tune: its style, and a token or `NONE` for each place."""

    style: str
    tokens: tuple[int, ...]


class Pieces(NamedTuple):
    """The pieces of each tune, none of them twice, and the files that they are from."""

    tunes: list[list[Piece]]
    fingerprint: str
    size: int
    notes: tuple[str, ...]


def read_pieces(source: Melodies) -> Pieces:
    """The pieces of all tunes of a source that reads them.

    Raises:
        UserError: the extra is missing, a file cannot be read, or no tune of it.
    """
    path = _path(source)
    file = read_tunes(path)
    counts: Counter[str] = Counter()
    seen: set[Piece] = set()
    tunes = []
    for tune in file.tunes:
        pieces = [it for it in pieces_of(tune, counts) if it not in seen]
        seen.update(pieces)
        tunes.append(list(dict.fromkeys(pieces)))
    kept = [it for it in tunes if it]
    if not kept:
        why = (
            f": the first that is left out, {file.first}, has {file.left_out.most_common(1)[0][0]}"
            if file.first
            else ""
        )
        whole = counted(len(file.tunes) + file.left_out.total(), "tune")
        raise UserError(
            f"{path}: no piece of {BARS} bars in {whole}{why}: give tunes in ABC notation with a "
            "key (K:), a meter (M:) and bars"
        )
    notes = (*file.notes, *_notes(file, kept, counts))
    return Pieces(kept, file.fingerprint, file.size, notes)


def pieces_of(tune: Tune, counts: Counter[str]) -> Iterator[Piece]:
    """The pieces of a tune that the tokens can represent; `counts` is of what is left out."""
    size, style = tune.meter.tokens, f"{tune.key.name} {tune.meter.name}"
    bars = [bar for bar in tune.bars if not (bar.begins and bar.length < size)]  # no pickups
    for first in range(0, len(bars) - BARS + 1, BARS):
        chosen = bars[first : first + max(BARS, ceil(Melodies.EIGHTHS / size))]
        if any(bar.length > size for bar in chosen):
            counts[TOO_LONG] += 1
            continue
        moved: Counter[str] = Counter()
        pitches = [it for bar in chosen for it in places_of(bar, size, moved)][: Melodies.EIGHTHS]
        if chosen[0].notes and chosen[0].notes[0].is_tied:
            pitches[0] = chosen[0].notes[0].pitch  # no note is held before the first one
        found = {*pitches} - {None}
        if not found <= {*Melodies.PITCHES}:
            counts[TOO_FAR] += 1
        elif found:
            counts += moved
            tokens = [0 if it is None else 1 + Melodies.PITCHES.index(it) for it in pitches]
            yield Piece(style, (*tokens, *[NONE] * (Melodies.EIGHTHS - len(tokens))))


def places_of(bar: Bar, size: int, counts: Counter[str]) -> list[int | None]:
    """The pitch that begins at each place of a bar, None where there is none."""
    places: list[int | None] = [None] * size
    struck = [it for it in bar.notes if not it.is_tied]
    for note in sorted(struck, key=lambda it: it.start.denominator > 1):  # exact ones come first
        at, after = floor(note.start), ceil(note.start)
        if places[at] is not None:
            at = after
        if at < size and places[at] is None:
            places[at] = note.pitch
            counts[MOVED] += at != note.start
        else:
            counts[DROPPED] += 1
    counts[RESTS] += bar.rests
    return places


def _path(source: Melodies) -> Path:
    """The file or the folder of a source.

    Raises:
        UserError: music21 is not installed, or was installed without its tunes.
    """
    if source.path is not None:
        return Path(source.path)
    assert source.collection
    source.require_extra()
    found = find_spec(source.MUSIC21.module)
    for place in (found and found.submodule_search_locations) or ():
        folder = Path(place) / "corpus" / source.collection
        if folder.is_dir():
            return folder
    raise UserError(
        f"data.collection: music21 is installed without its folder corpus/{source.collection}: "
        "give the folder of tunes as data.path"
    )


def _notes(file: TunesFile, tunes: Sequence[Sequence[Piece]], counts: Counter[str]) -> list[str]:
    """What was read, moved and left out, a line each."""
    pieces = sum(map(len, tunes))
    styles = len({piece.style for tune in tunes for piece in tune})
    notes = [
        f"{counted(len(tunes), 'tune')} in {counted(styles, 'style')}: "
        f"{counted(pieces, 'piece')} of {Melodies.EIGHTHS} tokens, none of them twice"
    ]
    for why, count in file.left_out.most_common():
        notes.append(f"{counted(count, 'tune')} left out: {why}")
    for what in (TOO_FAR, TOO_LONG):
        if counts[what]:
            notes.append(f"{counted(counts[what], 'piece')} left out: {what}")
    if counts[MOVED] or counts[DROPPED]:
        notes.append(
            f"{counted(counts[MOVED], 'note')} between two tokens moved to the one before or "
            f"after, {counts[DROPPED]:,} left out"
        )
    if counts[RESTS]:
        notes.append(f"{counted(counts[RESTS], 'rest')} filled by the note before")
    return notes
