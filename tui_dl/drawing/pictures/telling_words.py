"""Words that decided a text: each as strongly coloured as it speaks for the answer or against."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from tui_dl.drawing.answered import Answer, answers_of
from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.scaled import around_zero
from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable

TITLE = "words that decided"
ORDER = 8
LEAST_SIZE = (36, 6)
STRONG, WEAK = 0.6, 0.25  # of the largest weight in a text
SIGNS = {"for": ("+", "good"), "against": ("-", "bad")}
LEGEND: StyledLine = [
    ("++", "good"), (" strongly for the answer  ", "dim"), ("+", "good"), (" for it  ", "dim"),
    ("-", "bad"), (" against  ", "dim"), ("--", "bad"), (" strongly against", "dim"),
]  # fmt: skip


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A row for each text: the answer, whether it is right, and the words with their signs.

    One + before a word says that it speaks for the answer, two that it does so strongly; likewise
    a - against it. So nothing is said by colour alone.
    """
    weights = numbers(artifact, "weight", 2)
    given = answers_of(artifact)
    words = artifact.labels.get("words", [])
    texts, places = weights.shape
    if len(given) != texts or len(words) != texts * places:
        raise UnreadableError("its words are not those of its texts")
    said = max(cell_len(it.answer) for it in given)
    rows: list[StyledLine] = [LEGEND]
    for row, it in enumerate(given):
        own = words[row * places : (row + 1) * places]
        rows += _text(it, own, around_zero(weights[row]), said, width, look)
    return rows[:height]


def _text(
    it: Answer, words: list[str], weights: Numbers, said: int, width: int, look: Look
) -> Iterator[StyledLine]:
    """The rows of one text, its words broken into lines."""
    sign = ("ok", "no") if look.ascii else ("✔", "✘")
    style = "good" if it.is_right else "bad"
    head = f"{sign[not it.is_right]} {column(it.answer, said)}  "
    row: StyledLine = [(head, style)]
    used = indent = cell_len(head)
    for word, weight in zip(words, weights.tolist(), strict=True):
        text, colour = _signed(printable(word), weight)
        if not word:
            continue
        if used > indent and used + cell_len(text) > width:
            yield row
            row, used = [(" " * indent, "plain")], indent
        row += [(text, colour), (" ", "plain")]
        used += cell_len(text) + 1
    if not it.is_right:
        row.append((f"(is {it.target})", "dim"))
    yield row


def _signed(word: str, weight: float) -> tuple[str, str]:
    """A word with a sign of its weight, and its style."""
    if not abs(weight) >= WEAK:
        return word, "plain"
    sign, style = SIGNS["for" if weight > 0 else "against"]
    return sign * (1 + (abs(weight) >= STRONG)) + word, style
