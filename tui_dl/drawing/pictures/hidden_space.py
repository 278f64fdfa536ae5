"""The hidden space: points in the plane of the outputs of a layer of two units."""

from __future__ import annotations

from tui_dl.drawing.colours import Look
from tui_dl.drawing.points import LEAST_SIZE, draw_points
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.translations import tr

__all__ = ["LEAST_SIZE", "ORDER", "TITLE", "draw"]

TITLE = "hidden space of two units"
ORDER = 6
WIDE = 60  # columns in which there is room for the layer's name


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Points where the layer puts them, in the regions that the last layer makes of the plane."""
    (layer,) = artifact.labels.get("layers", [])[:1] or [tr("layer")]
    first, second = f"{tr('unit')} 1", f"{tr('unit')} 2"
    first = f"{layer} {first}" if width >= WIDE else first
    return draw_points(artifact, (first, second), width, height, look)
