"""Words or letters that decided a text: each is marked as it speaks for the answer or against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from tui_dl.drawing.answered import Answer, answers_of
from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.marked_text import Piece, correction, head, marked_text, pieces_of
from tui_dl.drawing.scaled import around_zero
from tui_dl.drawing.styled_text import StyledLine, StyledText
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.translations import tr

TITLE = "words or letters that decided"
ORDER = 8
LEAST_SIZE = (36, 6)
STRONG, WEAK = 0.6, 0.25  # of the largest weight in a text


class Signs(NamedTuple):
    """What marks a word or a letter, by how much it speaks for the answer."""

    strongly_for: str
    weakly_for: str
    weakly_against: str
    strongly_against: str
    neither: str = ""

    def of(self, weight: float) -> StyledText:
        """The sign of a weight from -1 to 1, and its style."""
        if not abs(weight) >= WEAK:
            return self.neither, "plain"
        if weight > 0:
            return self.strongly_for if weight >= STRONG else self.weakly_for, "good"
        return self.strongly_against if weight <= -STRONG else self.weakly_against, "bad"

    def legend(self) -> StyledLine:
        """What the signs mean."""
        return [
            (self.strongly_for, "good"), (f" {tr('strongly for')}  ", "dim"),
            (self.weakly_for, "good"), (f" {tr('for')}  ", "dim"),
            (f"{self.weakly_against} {self.strongly_against}", "bad"),
            (f" {tr('against')}", "dim"),
        ]  # fmt: skip


OF_WORDS = Signs("++", "+", "-", "--")  # before a word
OF_LETTERS = Signs("▲", "△", "▽", "▼", " ")  # below a letter, which may be a sign itself
OF_ASCII_LETTERS = Signs("#", "+", "-", "=", " ")


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Each text with the answer, whether it is right, and signs: nothing is said by colour alone.

    A sign stands before a word, and below a letter of a text that was read letter by letter.
    """
    weights = numbers(artifact, "weight", 2)
    scaled = np.array([around_zero(row) for row in weights]).reshape(weights.shape)
    given, texts = answers_of(artifact), pieces_of(artifact.labels.get("words", []), scaled)
    if len(given) != len(texts):
        raise UnreadableError("its answers are not those of its texts")
    has_words = any(cell_len(word) > 1 for pieces in texts for word, _ in pieces)
    of_letters = OF_ASCII_LETTERS if look.ascii else OF_LETTERS
    signs = OF_WORDS if has_words else of_letters
    said = max(cell_len(it.answer) for it in given)
    rows = [signs.legend()]
    for it, pieces in zip(given, texts, strict=True):
        first = head(it, said, look)
        if has_words:
            rows += _words(it, first, pieces, width)
        else:
            rows += marked_text(it, first, pieces, width, signs.of)
    return rows


def _words(it: Answer, first: StyledText, pieces: list[Piece], width: int) -> Iterator[StyledLine]:
    """The rows of a text whose words have their signs in front, broken into lines."""
    row: StyledLine = [first]
    used = indent = cell_len(first[0])
    for word, weight in pieces:
        sign, style = OF_WORDS.of(weight)
        size = cell_len(sign + word)
        if used > indent and used + size > width:
            yield row
            row, used = [(" " * indent, "plain")], indent
        row += [(sign + word, style), (" ", "plain")]
        used += size + 1
    yield row[:-1] + correction(it)
