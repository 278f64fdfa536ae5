"""Feature maps: what convolutions make of a few test samples.

Its cells are the layers of each sample, so that what does not fit is shown when it is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from tui_dl.drawing.arrays import Numbers, numbers
from tui_dl.drawing.colours import Look, greys, perceptual
from tui_dl.drawing.pixels import size
from tui_dl.drawing.scaled import from_lowest
from tui_dl.drawing.styled_text import StyledLine, length
from tui_dl.drawing.tiles import GAP, Tile, draw_tiles, rows_needed
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.translations import tr

IMAGE = 10  # rows of a sample's own image, at most

TITLE = "feature maps of a few test samples"
ORDER = 50
LEAST_SIZE = (30, 7)

Cell = tuple[int, int]  # a sample and a layer


class Maps(NamedTuple):
    """What is drawn: images (samples, channels, rows, columns), and maps by layer with heading."""

    images: Numbers
    layers: dict[str, Numbers]

    @property
    def samples(self) -> int:
        """How many samples have an image and maps of every layer."""
        return min([len(self.images), *map(len, self.layers.values())])


def draw(
    artifact: Artifact, width: int, height: int, look: Look, cell: Cell | None = None
) -> list[StyledLine]:
    """For each sample its image, and beside it a band of maps for each layer, as many as fit.

    The maps of a layer are on one scale, from its lowest number to its highest. Large maps are
    made smaller; how many there are, and of which sides, is said above them. With a chosen `cell`
    the first band is that of its sample and layer.
    """
    it = _maps(artifact)
    rows: list[StyledLine] = []
    for sample in range(cell[0] if cell else 0, it.samples):
        left = height - len(rows)
        if rows and left < 4:
            break
        is_chosen = cell is not None and not rows
        first = cell[1] if cell and is_chosen else 0
        bands = {name: maps[sample] for name, maps in [*it.layers.items()][first:]}
        rows += _sample(it.images[sample], bands, width, left, look, is_chosen)
    return rows


def cells(artifact: Artifact) -> Cell:
    """How many samples and layers there are."""
    it = _maps(artifact)
    return it.samples, len(it.layers)


def first_cell(artifact: Artifact) -> Cell:
    """The first layer of the first sample."""
    return 0, 0


def draw_details(
    artifacts: Mapping[str, Artifact], cell: Cell, width: int, height: int, look: Look
) -> list[StyledLine]:
    """The maps of one layer alone, as large as they get."""
    it, (sample, layer) = _maps(artifacts["feature_maps"]), cell
    name, maps = [*it.layers.items()][layer]
    place = tr("sample {place} of {count}", place=sample + 1, count=it.samples)
    band = draw_tiles([Tile(it) for it in maps[sample]], perceptual, width, height - 1, look)
    return [[(name, "strong"), (f"  {place}", "dim")], *band]


def _maps(artifact: Artifact) -> Maps:
    images = numbers(artifact, "input.pictures", 4) / 255
    layers = artifact.labels.get("layers", [])
    shapes = artifact.labels.get("shapes", [])
    headings = [f"{name}  {shape}" for name, shape in zip(layers, shapes, strict=False)] or layers
    found = [from_lowest(numbers(artifact, name, 4)) for name in layers]
    return Maps(images, dict(zip(headings, found, strict=False)))


def _sample(
    image: Numbers,
    maps: dict[str, Numbers],
    width: int,
    height: int,
    look: Look,
    is_chosen: bool,
) -> list[StyledLine]:
    """One sample's image at the left, and its maps at the right; the first may be chosen."""
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
        if room < (rows_needed(layer[0], look) if right else 1):
            break  # a strip of them would say nothing
        band = draw_tiles([Tile(it) for it in layer], perceptual, width - margin, room, look)
        chosen = is_chosen and not right
        mark: StyledLine = [("> " if look.ascii else "▸ ", "train")] if chosen else []
        right += [[*mark, (name, "strong" if chosen else "dim")], *band]
    rows: list[StyledLine] = []
    for y in range(max(len(left), len(right))):
        begin = left[y] if y < len(left) else []
        pad = [(" " * (margin - length(begin)), "plain")] if margin else []
        rows.append([*begin, *pad, *(right[y] if y < len(right) else [])])
    return rows
