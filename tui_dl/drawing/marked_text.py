"""A text with its answer in front, and a mark below each of its words or characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.cells import cell_len

from tui_dl.drawing.answered import Answer
from tui_dl.drawing.arrays import Numbers, UnreadableError
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, StyledText, column
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

Piece = tuple[str, float]  # a word, or a character, and its number


def pieces_of(words: list[str], values: Numbers) -> list[list[Piece]]:
    """The pieces of each text, of (texts, places) `values` and as many `words`; none is empty.

    Raises:
        UnreadableError: there are not as many words.
    """
    texts, places = values.shape
    if len(words) != texts * places:
        raise UnreadableError("its words are not those of its texts")
    rows = [words[row * places : (row + 1) * places] for row in range(texts)]
    return [
        [(printable(word), value) for word, value in zip(own, them, strict=True) if word]
        for own, them in zip(rows, values.tolist(), strict=True)
    ]


def head(it: Answer, width: int, look: Look) -> StyledText:
    """What the network answers, in `width` cells, and a sign that says whether it is right."""
    sign = ("ok", "no") if look.ascii else ("✔", "✘")
    return (
        f"{sign[not it.is_right]} {column(it.answer, width)}  ",
        "good" if it.is_right else "bad",
    )


def correction(it: Answer) -> StyledLine:
    """What the answer should have been; nothing where it is right."""
    return [] if it.is_right else [(f" ({tr('is {target}', target=it.target)})", "dim")]


def marked_text(
    it: Answer,
    first: StyledText,
    pieces: list[Piece],
    width: int,
    mark: Callable[[float], StyledText],
) -> Iterator[StyledLine]:
    """Two rows for each line of a text: its pieces, and below each its mark, as long as it is.

    `first` is the `head` of the answer. Single characters stand side by side, words apart.
    """
    indent = " " * cell_len(first[0])
    gap = " " * any(cell_len(word) > 1 for word, _ in pieces)
    lines = [*_lines(pieces, max(width - len(indent), 1), len(gap))]
    for line in lines:
        words: StyledLine = [first]
        marks: StyledLine = [(indent, "plain")]
        for word, value in line:
            sign, style = mark(value)
            words += [(word, "plain"), (gap, "plain")]
            marks += [(sign * cell_len(word), style), (gap, "plain")]
        yield words[:-1] + correction(it) if line is lines[-1] else words
        yield marks
        first = (indent, "plain")


def _lines(pieces: list[Piece], width: int, gap: int) -> Iterator[list[Piece]]:
    """The pieces that fit each line; one that is longer has a line of its own."""
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
