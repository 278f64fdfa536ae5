"""Filters of a convolution: red where a weight is above zero, blue where it is below."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, signed
from tui_dl.drawing.scaled import around_zero, largest
from tui_dl.drawing.styled_text import StyledLine, whole_pieces
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import counted, short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import said, tr

TITLE = "filters of the first convolution"
ORDER = 40
LEAST_SIZE = (24, 5)


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A tile for each filter with its number, its channels side by side, all on one scale.

    Where the filters are to become fixed ones, those stand beside them, on a scale of their own.
    """
    filters = numbers(artifact, "filters", 4)
    count, channels, rows, columns = filters.shape
    images = [np.concatenate(list(it), axis=1) for it in around_zero(filters)]
    layer = artifact.labels.get("layers", [""])[0]
    size = f"{rows} × {columns}" if channels == 1 else f"{channels} × {rows} × {columns}"
    pieces: StyledLine = [
        (layer, "strong"),
        (f"  {said(counted(count, 'filter'))} {size}", "dim"),
        (tr(", up to ±{number}", number=short(largest(filters))), "dim"),
        (f"  {tr('red above zero, blue below')}", "dim"),
    ]
    tiles = [Tile(it, [[(str(at), "dim")]]) for at, it in enumerate(images, 1)]
    if "fixed" in artifact.arrays:
        tiles = list(_beside_fixed(artifact, images))
    colours = partial(signed, light=look.light)
    return [whole_pieces(pieces, width), *draw_tiles(tiles, colours, width, height - 1, look)]


def _beside_fixed(artifact: Artifact, images: list[Numbers]) -> Iterator[Tile]:
    """Each learned filter with its correlation, and the fixed one after it."""
    fixed, found = numbers(artifact, "fixed", 4), numbers(artifact, "correlations", 1)
    names = [printable(it) for it in artifact.labels.get("fixed", [])]
    if not len(images) == len(fixed) == len(found) == len(names):
        raise UnreadableError("its fixed filters are not those of its filters")
    for at, (image, own, name, alike) in enumerate(
        zip(images, fixed, names, found, strict=True), 1
    ):
        yield Tile(image, [[(f"{tr('learned')} {at}", "plain")], [(f"r = {alike:.3f}", "dim")]])
        yield Tile(np.concatenate(list(around_zero(own)), axis=1), [[(name, "plain")]])
