"""The worst mistakes among the samples of a split, worst first."""

from __future__ import annotations

from tui_dl.drawing.answers import draw_answers
from tui_dl.drawing.arrays import array
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.translations import tr

TITLE = "worst mistakes"
ORDER = 20
LEAST_SIZE = (36, 7)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Images as tiles with their answers under them, other samples as rows of a table."""
    if "target" not in artifact.arrays and not array(artifact, "index").size:
        return [[(tr("none: every answer is right"), "good")]]
    return draw_answers(artifact, width, height, look)
