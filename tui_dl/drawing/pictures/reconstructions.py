"""Test samples over what an autoencoder makes of them."""

from __future__ import annotations

from tui_dl.drawing.colours import Look
from tui_dl.drawing.reconstructed import draw_reconstructed
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact

TITLE = "test samples and their reconstructions"
ORDER = 9
LEAST_SIZE = (36, 9)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Images as tiles, input above output; longer rows as curves; shorter ones as numbers."""
    return draw_reconstructed(artifact, width, height, look)
