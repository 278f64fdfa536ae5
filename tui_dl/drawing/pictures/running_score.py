"""The running score: how likely a class is after each word of a text, as a bar below the word."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tui_dl.drawing.answered import Answer, answers_of
from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable

TITLE = "score after each word"
ORDER = 7
LEAST_SIZE = (36, 5)
BLOCKS = "▁▂▃▄▅▆▇█"
DIGITS = "0123456789"  # in place of blocks: tenths

Piece = tuple[str, float]  # a word, or a character, and the score after it


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """For each text the answer and its words, and below each word the score as it stood there.

    A full bar is a probability of 1; without blocks a digit says its tenths.
    """
    scores = numbers(artifact, "score", 2)
    given, words = answers_of(artifact), artifact.labels.get("words", [])
    texts, places = scores.shape
    if len(given) != texts or len(words) != texts * places:
        raise UnreadableError("its words are not those of its texts")
    of = " ".join(map(printable, artifact.labels.get("of", []))) or "the answer"
    low, high = (DIGITS[0], DIGITS[-1]) if look.ascii else (BLOCKS[0], BLOCKS[-1])
    legend: StyledLine = [
        ("how likely ", "dim"), (of, "plain"), (" is so far: ", "dim"),
        (low, "bad"), (" not  ", "dim"), (high, "good"), (" surely", "dim"),
    ]  # fmt: skip
    rows = [legend]
    said = max(cell_len(it.answer) for it in given)
    for row, it in enumerate(given):
        own = [printable(word) for word in words[row * places : (row + 1) * places]]
        pieces = [piece for piece in zip(own, scores[row].tolist(), strict=True) if piece[0]]
        rows += _text(it, pieces, said, width, look)
    return rows[:height]


def _text(
    it: Answer, pieces: list[Piece], said: int, width: int, look: Look
) -> Iterator[StyledLine]:
    """Two rows for each line of a text: its words, and their bars."""
    sign = ("ok", "no") if look.ascii else ("✔", "✘")
    head = f"{sign[not it.is_right]} {column(it.answer, said)}  "
    first, indent = (head, "good" if it.is_right else "bad"), " " * cell_len(head)
    # Single characters stand side by side.
    gap = " " * any(cell_len(word) > 1 for word, _ in pieces)
    for line in _lines(pieces, max(width - len(indent), 1), len(gap)):
        words: StyledLine = [first]
        bars: StyledLine = [(indent, "plain")]
        for word, score in line:
            words += [(word, "plain"), (gap, "plain")]
            bars += [(_bar(score, cell_len(word), look), _style(score)), (gap, "plain")]
        yield words
        yield bars
        first = (indent, "plain")


def _lines(pieces: list[Piece], width: int, gap: int) -> Iterator[list[Piece]]:
    """The words that fit each line; a word that is longer has one of its own."""
    line: list[Piece] = []
    used = 0
    for piece in pieces:
        size = cell_len(piece[0])
        if line and used + size > width:
            yield line
            line, used = [], 0
        line.append(piece)
        used += size + gap
    yield line


def _bar(score: float, cells: int, look: Look) -> str:
    """A bar of so many cells; a question mark of a score that is not a number."""
    levels = DIGITS if look.ascii else BLOCKS
    if not 0 <= score <= 1:
        return "?" * cells
    return levels[min(int(score * len(levels)), len(levels) - 1)] * cells


def _style(score: float) -> str:
    """The style of a score: for the class, against it, or undecided."""
    if 1 / 3 <= score <= 2 / 3:
        return "plain"
    return "good" if score > 0.5 else "bad"
