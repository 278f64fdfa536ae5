"""Test samples with what the network answers, and how surely."""

from __future__ import annotations

from tui_dl.drawing.answers import draw_answers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact

TITLE = "test samples and what the network answers"
ORDER = 10
LEAST_SIZE = (36, 7)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Images as tiles with their answers under them, other samples as rows of a table."""
    return draw_answers(artifact, width, height, look)
