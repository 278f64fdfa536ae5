"""Generated melodies: walks along the notes of a key, in a rhythm, that end on the tonic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_dl.data.dataset import Samples
from tui_dl.data.notes import Note, notes_of, to_abc
from tui_dl.spec.data.melodies import Melodies
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.keys import KEYS, Key
from tui_dl.support.did_you_mean import suggest
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


def load(source: Melodies, seed: int) -> Samples:
    """Style tokens (samples, 1), all equally likely, and melodies (samples, eighths)."""
    random = stream(seed, "melodies")
    styles = random.integers(len(source.STYLES), size=(source.samples, 1), dtype=np.int32)
    melodies = [melody(source.STYLES[it], random) for it in styles[:, 0].tolist()]
    return Samples(styles, np.array(melodies, np.int32))


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
    names = {it.casefold(): number for number, it in enumerate(source.STYLES)}
    styles = []
    for text in texts:
        found = names.get(" ".join(text.split()).casefold())
        if found is None:
            raise ValueError(
                f"{text!r} is no style: give a key and a rhythm{suggest(text, source.STYLES)}"
            )
        styles.append([found])
    targets = np.zeros((len(styles), source.EIGHTHS), np.int32)
    return Samples(np.array(styles, np.int32).reshape(-1, 1), targets)


def in_writing(text: str, tokens: Sequence[int]) -> str:
    """A melody that was composed for a style, in ABC notation."""
    style = " ".join(text.split())
    key = next(key for name, key in KEYS.items() if style.casefold().startswith(name.casefold()))
    return to_abc(notes_of(tokens), key, style)


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
