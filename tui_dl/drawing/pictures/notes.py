"""Composed tunes as notes on lines, with their names below."""

from __future__ import annotations

from tui_dl.data.notes import Note, in_key, key_of, notes_of
from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, StyledText, joined
from tui_dl.protocol.artifact import Artifact
from tui_dl.spec.keys import Key
from tui_dl.spec.meters import meter_of
from tui_dl.support.formatting import percent
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "composed tunes"
ORDER = 3
LEAST_SIZE = (42, 16)
LETTERS = "CDEFGAB"
LINES = (2, 4, 6, 8, 10)  # of the staff, as places above middle C: E, G, B, D, F
HIGHEST = 13  # place of the B an octave and a seventh above middle C
SIGNS = {1: "♯", 0: "♮", -1: "♭"}
ASCII = str.maketrans({"♯": "#", "♭": "b", "♮": "n", "●": "o", "━": "=", "─": "-", "│": "|"})
MARGIN = 3  # cells before the staff
STAFF = HIGHEST + 3  # rows of a tune: places, a heading and names


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """As many tunes as there is room for; without room for a staff, the names of their notes.

    A note that is not in the key has its accidental before it, and stands out.
    """
    tokens = numbers(artifact, "tokens", 2).astype(int)
    styles = artifact.labels.get("styles", [])
    if len(styles) != len(tokens):
        raise UnreadableError("its styles are not those of its tunes")
    rows: list[StyledLine] = []
    for style, tune in zip(styles, tokens.tolist(), strict=True):
        try:
            key = key_of(style)
        except KeyError:
            raise UnreadableError("a style has no key that is known") from None
        notes, bar = notes_of(tune), max(meter_of(style).tokens, 1)
        drawn = [_heading(style, notes, key)]
        wide = 2 if width >= MARGIN + 2 * len(tune) + len(tune) // bar else 1
        if height >= STAFF:
            drawn += _staff(notes, key, len(tune), wide, bar)
        drawn.append(_names(notes, key, len(tune), wide, bar))
        if rows and len(rows) + len(drawn) > height:
            break
        rows += drawn
    if look.ascii:
        rows = [[(text.translate(ASCII), style) for text, style in row] for row in rows]
    return rows[:height]


def _heading(style: str, notes: list[Note], key: Key) -> StyledLine:
    """The style, and how many notes are in its key."""
    inside, count = in_key(notes, key), len(notes)
    share = percent(inside / count) if count else "0 %"
    says = "  " + tr(
        "{part} of {whole} notes in the key, {share}", part=inside, whole=count, share=share
    )
    return [(printable(style), "strong"), (says, "good" if inside == count else "warn")]


def _place(note: Note, key: Key) -> tuple[int, str, bool]:
    """Its place above middle C, its accidental, and whether it is in the key."""
    letter, shift, octave = note.spelled(key)
    is_inside = note.pitch % 12 in key.pitch_classes
    sign = "" if key.shift_of(letter) == shift else SIGNS[shift]
    return 7 * (octave - 4) + LETTERS.index(letter), sign, is_inside


def _staff(notes: list[Note], key: Key, tokens: int, wide: int, bar: int) -> list[StyledLine]:
    """Rows from the highest place down to middle C."""
    lines: list[list[StyledText]] = [
        [("─" if place in LINES else " ", "axis") for _ in range(wide * tokens)]
        for place in range(HIGHEST + 1)
    ]
    for note in notes:
        place, sign, is_inside = _place(note, key)
        if not 0 <= place <= HIGHEST:
            continue
        style = "train" if is_inside else "bad"
        at, end = wide * note.start, wide * (note.start + note.length)
        lines[place][at:end] = [("━", style)] * (end - at - 1) + [lines[place][end - 1]]
        lines[place][at] = ("●", style)
        if sign and at:
            lines[place][at - 1] = (sign, style)
    return [_barred(line, place, key, wide * bar) for place, line in reversed([*enumerate(lines)])]


def _barred(cells: list[StyledText], place: int, key: Key, bar: int) -> StyledLine:
    """A row of the staff with the key's sign before it and lines between the bars."""
    letter = LETTERS[place % 7]
    sign = SIGNS[key.shift_of(letter)] if key.shift_of(letter) else ""
    row: list[StyledText] = [(f"{letter}{sign:<{MARGIN - 1}}", "dim")]
    line = "│" if LINES[0] <= place <= LINES[-1] else " "
    for first in range(0, len(cells), bar):
        row += [*cells[first : first + bar], (line, "axis")]
    return joined(row)


def _names(notes: list[Note], key: Key, tokens: int, wide: int, bar: int) -> StyledLine:
    """The name of each note where it begins, as far as there is room for it."""
    cells: list[StyledText] = [(" ", "plain")] * (wide * tokens)
    for note in notes:
        letter, shift, _ = note.spelled(key)
        name = letter + (SIGNS[shift] if shift else "")
        room = wide * note.length
        style = "plain" if note.pitch % 12 in key.pitch_classes else "bad"
        for offset, sign in enumerate(name[:room]):
            cells[wide * note.start + offset] = (sign, style)
    row: list[StyledText] = [(" " * MARGIN, "plain")]
    for first in range(0, len(cells), wide * bar):
        row += [*cells[first : first + wide * bar], (" ", "plain")]
    return joined(row)
