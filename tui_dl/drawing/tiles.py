"""Tiles, images with a caption under each, in as many rows and columns as fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_dl.drawing import pixels
from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.pixels import ColourMap
from tui_dl.drawing.styled_text import StyledLine, boxed, length

GAP = 2  # columns between two tiles
LARGEST = 4  # times that an image is enlarged, at most
ENOUGH = 10  # tiles, for which images are made smaller,
LEAST = 5  # but not below so many rows or columns, by default


class Tile(NamedTuple):
    """An image (rows, columns) or (rows, columns, 3), and lines under it."""

    image: Numbers
    caption: Sequence[StyledLine] = ()


def draw_tiles(
    tiles: Sequence[Tile],
    colours: ColourMap,
    width: int,
    height: int,
    look: Look,
    least: int = LEAST,
    parts: Sequence[str] = (),
    together: int = 1,
) -> list[StyledLine]:
    """Draw as many of `tiles`, all of one size, as fit.

    They are enlarged where that leaves out none, and made smaller where few would fit, but not
    below `least` rows or columns. `parts` are the names of equal parts of each image, from top to
    bottom; they stand at the left. Of every `together` tiles all are drawn in one row, or none.
    """
    margin = max(map(len, parts)) + 1 if parts else 0
    width -= margin
    if not tiles or width < 1 or height < 1:
        return []
    tiles = _shrunk(tiles, width, height, look, least)
    zoom = max(
        (it for it in range(1, LARGEST + 1) if _room(tiles, width, height, look, it) >= len(tiles)),
        default=1,
    )
    fit, _ = _columns(tiles, width, look, zoom)
    across = fit - fit % together or fit
    cells = _cells(tiles, look, zoom)
    shown = tiles[: max(_room(tiles, width, height, look, zoom) // fit, 1) * across]
    rows: list[StyledLine] = []
    for first in range(0, len(shown), across):
        band = _band(shown[first : first + across], colours, look, zoom, cells)
        rows += _with_names(band, parts, pixels.size(tiles[0].image, look, zoom)[1], margin)
    return boxed(rows, width + margin, height)


def rows_needed(image: Numbers, look: Look) -> int:
    """The rows of an image that is made as small as they are made."""
    while min(image.shape[:2]) // 2 >= LEAST:
        image = image[::2, ::2]
    return pixels.size(image, look)[1]


def _with_names(
    band: list[StyledLine], parts: Sequence[str], high: int, margin: int
) -> list[StyledLine]:
    """A band with the name of each part of its images, which are so high, in the left margin."""
    if not parts:
        return band
    at = {int((place + 0.5) * high / len(parts)): name for place, name in enumerate(parts)}
    return [[(at.get(y, "").ljust(margin), "dim"), *row] for y, row in enumerate(band)]


def _shrunk(
    tiles: Sequence[Tile], width: int, height: int, look: Look, least: int
) -> Sequence[Tile]:
    """The tiles with every second pixel, of that every second one, until enough of them fit."""
    enough = min(len(tiles), ENOUGH)
    while (
        _room(tiles, width, height, look, 1) < enough
        and min(tiles[0].image.shape[:2]) // 2 >= least
    ):
        tiles = [Tile(it.image[::2, ::2], it.caption) for it in tiles]
    return tiles


def _columns(tiles: Sequence[Tile], width: int, look: Look, zoom: int) -> tuple[int, int]:
    """How many tiles fit side by side, and the rows of a band of them."""
    broad, high = _cells(tiles, look, zoom)
    return max(1, (width + GAP) // (broad + GAP)), high


def _room(tiles: Sequence[Tile], width: int, height: int, look: Look, zoom: int) -> int:
    """How many tiles fit whole."""
    across, high = _columns(tiles, width, look, zoom)
    return across * (height // high) if _cells(tiles, look, zoom)[0] <= width else 0


def _cells(tiles: Sequence[Tile], look: Look, zoom: int) -> tuple[int, int]:
    """The columns and rows that a tile needs, with a row under it."""
    columns, rows = pixels.size(tiles[0].image, look, zoom)
    captions = [length(line) for tile in tiles for line in tile.caption]
    below = max(len(tile.caption) for tile in tiles) or 1  # a row between two bands at least
    return max([columns, *captions]), rows + below


def _band(
    tiles: Sequence[Tile], colours: ColourMap, look: Look, zoom: int, cells: tuple[int, int]
) -> list[StyledLine]:
    """Tiles side by side, each of so many columns and rows."""
    broad, high = cells
    blocks = [[*pixels.draw(it.image, colours, look, zoom), *it.caption] for it in tiles]
    rows: list[StyledLine] = []
    for y in range(high):
        row: StyledLine = []
        for block in blocks:
            line = block[y] if y < len(block) else []
            row += [*line, (" " * (broad - length(line) + GAP), "plain")]
        rows.append(row[:-1] if row else row)
    return rows
