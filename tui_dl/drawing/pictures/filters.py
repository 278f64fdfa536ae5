"""Filters of a convolution: red where a weight is above zero, blue where it is below."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import numbers
from tui_dl.drawing.colours import Look, signed
from tui_dl.drawing.scaled import around_zero, largest
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import counted, short

TITLE = "filters of the first convolution"
ORDER = 40
LEAST_SIZE = (24, 5)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A tile for each filter, its channels side by side, all on one scale."""
    filters = numbers(artifact, "filters", 4)
    count, channels, rows, columns = filters.shape
    scaled = around_zero(filters)
    images = [np.concatenate(list(it), axis=1) for it in scaled]
    layer = artifact.labels.get("layers", [""])[0]
    size = f"{rows} × {columns}" if channels == 1 else f"{channels} × {rows} × {columns}"
    heading: StyledLine = [
        (f"{layer}  ", "strong"),
        (f"{counted(count, 'filter')} {size}, up to ±{short(largest(filters))}", "dim"),
    ]
    return [heading, *draw_tiles([Tile(it) for it in images], signed, width, height - 1, look)]
