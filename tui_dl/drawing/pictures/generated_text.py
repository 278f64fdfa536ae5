"""Generated text: how the network continues a beginning, at each temperature."""

from __future__ import annotations

from collections.abc import Iterator

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.wrapped import wrapped
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "generated text"
ORDER = 2
LEAST_SIZE = (30, 6)
WIDEST = 72  # columns of text


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """For each temperature a heading and the text: the beginning that was given, then the rest."""
    begun, texts = (artifact.labels.get(name, []) for name in ("begun", "texts"))
    temperatures = numbers(artifact, "temperature", 1).tolist()
    if len(begun) != 1 or len(texts) != len(temperatures):
        raise UnreadableError("its texts are not those of its temperatures")
    rows: list[StyledLine] = []
    for temperature, text in zip(temperatures, texts, strict=True):
        heading = f"{tr('temperature')} {temperature:g}"
        rows += [[(heading, "strong")], *_text(printable(begun[0]), printable(text), width)]
    return rows


def _text(begun: str, text: str, width: int) -> Iterator[StyledLine]:
    """The rows of one text, what was given dim."""
    given = len(" ".join(begun.split()))
    for row in wrapped(f"{begun}{text}", max(min(width, WIDEST), 2)):
        yield [(row[:given], "dim"), (row[given:], "plain")]
        given = max(given - len(row) - 1, 0)
