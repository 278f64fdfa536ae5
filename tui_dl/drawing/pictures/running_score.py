"""The running score: how likely a class is after each word of a text, as a bar below the word."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.drawing.answered import answers_of
from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.marked_text import head, marked_text, pieces_of
from tui_dl.drawing.styled_text import StyledLine, StyledText
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "score after each word or letter"
ORDER = 7
LEAST_SIZE = (36, 5)
BLOCKS = "▁▂▃▄▅▆▇█"
DIGITS = "0123456789"  # in place of blocks: tenths


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """For each text the answer and its words, and below each word the score as it stood there.

    A full bar is a probability of 1; without blocks a digit says its tenths.
    """
    given = answers_of(artifact)
    texts = pieces_of(artifact.labels.get("words", []), numbers(artifact, "score", 2))
    if len(given) != len(texts):
        raise UnreadableError("its answers are not those of its texts")
    of = " ".join(map(printable, artifact.labels.get("of", []))) or tr("the answer")
    levels = DIGITS if look.ascii else BLOCKS
    legend: StyledLine = [
        (of, "plain"), (f" {tr('so far')}: ", "dim"),
        (levels[0], "bad"), (f" {tr('unlikely')}  ", "dim"),
        (levels[-1], "good"), (f" {tr('sure')}", "dim"),
    ]  # fmt: skip
    rows = [legend]
    said = max(cell_len(it.answer) for it in given)
    for it, pieces in zip(given, texts, strict=True):
        first = head(it, said, look)
        rows += marked_text(it, first, pieces, width, lambda score: _bar(score, levels))
    return rows


def _bar(score: float, levels: str) -> StyledText:
    """A bar of one cell: for the class, against it, or undecided; of no number a question mark."""
    if not 0 <= score <= 1:
        return "?", "bad"
    bar = levels[min(int(score * len(levels)), len(levels) - 1)]
    if 1 / 3 <= score <= 2 / 3:
        return bar, "plain"
    return bar, "good" if score > 0.5 else "bad"
