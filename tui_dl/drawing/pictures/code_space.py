"""The code space: test samples where an autoencoder of two code units puts them."""

from __future__ import annotations

from rich.cells import cell_len

from tui_dl.drawing.arrays import UnreadableError, numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.points import LEAST_SIZE, draw_points
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import percent
from tui_dl.support.translations import tr

__all__ = ["LEAST_SIZE", "ORDER", "TITLE", "draw"]

TITLE = "code space: test samples by their code"
ORDER = 6


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Points with the sign of their label, and how often the nearest point has the same label."""
    alike, chance = (numbers(artifact, name, 1) for name in ("neighbours", "chance"))
    if len(alike) != 1 or len(chance) != 1:
        raise UnreadableError("its neighbours are more than one share")
    share, expected = percent(alike[0]), percent(chance[0])
    long = "nearest point has the same label: {share}, by chance {expected}"
    says = tr(long, share=share, expected=expected)
    if cell_len(says) > width:
        says = tr("nearest alike {share}, chance {expected}", share=share, expected=expected)
    axes = f"{tr('code')} 1", f"{tr('code')} 2"
    plane = draw_points(artifact, axes, width, height - 1, look)
    return [[(says, "plain")], *plane]
