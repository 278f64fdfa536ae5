"""Melodies: walks along the notes of a key that end on the tonic, or pieces of tunes in files."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from tui_dl.data.dataset import Dataset, Samples
from tui_dl.data.notes import Note, notes_of, to_abc
from tui_dl.data.tunes import Piece, Pieces, read_pieces
from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.keys import ALL_KEYS, KEYS, Key
from tui_dl.spec.meters import meter_of
from tui_dl.spec.splits import split_sizes
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted, quoted
from tui_dl.support.rng import stream

LENGTHS = {  # of notes in eighths, which divide a bar, and how likely each is
    "ballad": ((2, 4, 8), (0.4, 0.5, 0.1)),
    "march": ((1, 2, 4), (0.25, 0.65, 0.1)),
    "reel": ((1, 2), (0.85, 0.15)),
}
STEPS, CHANCES = (-2, -1, 0, 1, 2), (0.15, 0.3, 0.1, 0.3, 0.15)  # along the scale
LOWEST, HIGHEST = -3, 8  # notes of the scale, counted from the tonic
TRIAD = (0, 2, 4)  # where a melody begins
LAST = 4  # eighths of the last note, the tonic
LEAST, LEAST_TUNES = 30, 10  # pieces, and tunes that they are from


def load(source: Melodies, seed: int) -> Samples | Dataset:
    """Style tokens (samples, 1), all equally likely, and melodies (samples, eighths).

    Raises:
        UserError: the file of tunes cannot be read.
    """
    if source.reads_file:
        return _of_tunes(source, seed)
    random = stream(seed, "melodies")
    styles = random.integers(len(source.STYLES), size=(source.samples, 1), dtype=np.int32)
    melodies = [melody(source.STYLES[it], random) for it in styles[:, 0].tolist()]
    return Samples(styles, np.array(melodies, np.int32))


def inspect(source: Melodies, seed: int) -> tuple[DataSpec, Melodies]:
    """The description of tunes in files, and the source with their styles.

    Raises:
        UserError: the file cannot be read as tunes, or has too few of them.
    """
    read = read_pieces(source)
    parts = _parts(read, source, seed)
    chosen = [piece for part in parts for piece in part]
    whole, notes = sum(map(len, read.tunes)), list(read.notes)
    if len(read.tunes) < LEAST_TUNES or whole < LEAST or not all(parts):
        raise UserError(
            f"{source.path or source.collection}: {counted(len(read.tunes), 'tune')} of "
            f"{counted(whole, 'piece')} of four bars: at least {LEAST_TUNES} of {LEAST} are "
            "needed, and all pieces of a tune are in one split: give more tunes"
        )
    if whole > len(chosen):
        notes.append(
            f"{len(chosen):,} of {whole:,} pieces are read, chosen at random; "
            f"data.samples = {whole} reads all"
        )
    styles = tuple(sorted({it.style for it in chosen}))
    found = replace(source, samples=len(chosen), styles=styles)
    train, validation, test = map(len, parts)
    spec = replace(
        found.inspect(),
        splits=(train, validation, test),
        fingerprint=read.fingerprint,
        file_size=read.size,
        notes=tuple(notes),
    )
    return spec, found


def _of_tunes(source: Melodies, seed: int) -> Dataset:
    """The pieces of tunes in files; all pieces of a tune are in the same part."""
    read = read_pieces(source)
    style_of = {name: number for number, name in enumerate(source.token_names)}

    def samples(pieces: Sequence[Piece]) -> Samples:
        styles = np.array([style_of[it.style] for it in pieces], np.int32).reshape(-1, 1)
        tokens = np.array([it.tokens for it in pieces], np.int32)
        return Samples(styles, tokens.reshape(-1, source.EIGHTHS))

    train, validation, test = map(samples, _parts(read, source, seed))
    return Dataset(train, validation, test, fingerprint=read.fingerprint)


def _parts(read: Pieces, source: Melodies, seed: int) -> list[list[Piece]]:
    """The pieces to train on, to validate with and to test with, of tunes in random order."""
    order = stream(seed, "tunes").permutation(len(read.tunes))
    count = min(source.samples, sum(map(len, read.tunes)))
    train, for_validation, for_test = split_sizes(count, source.validation, source.test)
    parts: list[list[Piece]] = [[], [], []]
    sizes = train, for_validation, for_test
    at = 2
    for tune in order:
        while at and len(parts[at]) >= sizes[at]:
            at -= 1
        left = count - sum(map(len, parts))
        parts[at] += read.tunes[tune][:left]
    return parts


def melody(style: str, random: np.random.Generator) -> list[int]:
    """A token for each eighth of a melody in a style."""
    key_name, _, rhythm = style.rpartition(" ")
    key, (lengths, chances) = KEYS[key_name], LENGTHS[rhythm]
    tokens: list[int] = []
    degree = TRIAD[random.integers(len(TRIAD))]
    while (rest := Melodies.EIGHTHS - LAST - len(tokens)) > 0:
        length = int(random.choice(lengths, p=chances))
        while length > rest or len(tokens) % length:  # a note begins on a multiple of its length
            length //= 2
        tokens += [_token(key, degree), *[0] * (length - 1)]
        degree = _moved(key, degree, int(random.choice(STEPS, p=CHANCES)))
    octave = 7 * int(degree > 4 and _pitch(key, 7) in Melodies.PITCHES)
    return [*tokens, _token(key, octave), *[0] * (LAST - 1)]


def encode(source: Melodies, spec: DataSpec, seed: int, texts: Sequence[str]) -> Samples:
    """Styles by name, such as ``G major reel``, as samples without targets.

    Raises:
        ValueError: a text is no style.
    """
    wanted = "give a key and a meter" if source.reads_file else "give a key and a rhythm"
    names = {it.casefold(): number for number, it in enumerate(source.token_names)}
    styles = []
    for text in texts:
        found = names.get(" ".join(text.split()).casefold())
        if found is None:
            raise ValueError(
                f"{quoted(text)} is no style: {wanted}{suggest(text, source.token_names)}"
            )
        styles.append([found])
    targets = np.zeros((len(styles), source.EIGHTHS), np.int32)
    return Samples(np.array(styles, np.int32).reshape(-1, 1), targets)


def in_writing(text: str, tokens: Sequence[int]) -> str:
    """A melody that was composed for a style, in ABC notation."""
    style = " ".join(text.split())
    name = style.rpartition(" ")[0].casefold()
    key = next(key for key in ALL_KEYS.values() if key.name.casefold() == name)
    return to_abc(notes_of(tokens), key, style, meter_of(style))


def played(tokens: Sequence[int]) -> list[Note]:
    """The notes of a melody."""
    return notes_of(tokens)


def _pitch(key: Key, degree: int) -> int:
    """The MIDI number of a note of the key's scale, 0 being the tonic."""
    octave, step = divmod(degree, len(key.steps))
    return key.tonic + 12 * octave + key.steps[step]


def _token(key: Key, degree: int) -> int:
    return 1 + Melodies.PITCHES.index(_pitch(key, degree))


def _moved(key: Key, degree: int, step: int) -> int:
    """The degree a step away, or the other way where that would leave the range."""
    for to in (degree + step, degree - step):
        if LOWEST <= to <= HIGHEST and _pitch(key, to) in Melodies.PITCHES:
            return to
    return degree
