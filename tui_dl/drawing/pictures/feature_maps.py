"""Feature maps: what convolutions make of a few test samples."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import Numbers, numbers
from tui_dl.drawing.colours import Look, greys, perceptual
from tui_dl.drawing.pixels import size
from tui_dl.drawing.scaled import from_lowest
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.drawing.tiles import GAP, Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact

IMAGE = 10  # rows of a sample's own image, at most

TITLE = "feature maps of a few test samples"
ORDER = 50
LEAST_SIZE = (30, 7)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """For each sample its image, and beside it a band of maps for each layer, as many as fit.

    The maps of a layer are on one scale, from its lowest number to its highest. Large maps are
    made smaller; how many there are, and of which sides, is said above them.
    """
    images = numbers(artifact, "input.pictures", 4) / 255
    layers = artifact.labels.get("layers", [])
    shapes = artifact.labels.get("shapes", [])
    headings = [f"{name}  {shape}" for name, shape in zip(layers, shapes, strict=False)] or layers
    found = [from_lowest(numbers(artifact, name, 4)) for name in layers]
    maps = dict(zip(headings, found, strict=False))
    samples = min([len(images), *map(len, maps.values())])
    rows: list[StyledLine] = []
    for sample in range(samples):
        left = height - len(rows)
        if rows and left < 4:
            break
        rows += _sample(
            images[sample], {name: it[sample] for name, it in maps.items()}, width, left, look
        )
    return rows


def _sample(
    image: Numbers, maps: dict[str, Numbers], width: int, height: int, look: Look
) -> list[StyledLine]:
    """One sample's image at the left, and its maps at the right."""
    shown = np.moveaxis(image, 0, 2) if len(image) == 3 else image[0]
    broad = size(shown, look)[0]
    left = (
        draw_tiles([Tile(shown)], greys, broad, min(height, IMAGE), look)
        if 3 * broad < width
        else []
    )
    margin = max(map(length, left)) + GAP if left else 0
    right: list[StyledLine] = []
    for name, layer in maps.items():
        room = height - len(right) - 1
        if room < 1:
            break
        band = draw_tiles([Tile(it) for it in layer], perceptual, width - margin, room, look)
        right += [[(name, "dim")], *band]
    rows: list[StyledLine] = []
    for y in range(max(len(left), len(right))):
        begin = left[y] if y < len(left) else []
        pad = [(" " * (margin - length(begin)), "plain")] if margin else []
        rows.append([*begin, *pad, *(right[y] if y < len(right) else [])])
    return rows
