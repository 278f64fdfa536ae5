"""The path of an optimizer on the contour lines of the loss over two weights."""

from __future__ import annotations

import numpy as np
from rich.cells import cell_len

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, perceptual, style
from tui_dl.drawing.styled_text import StyledLine, cut, joined
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short
from tui_dl.support.translations import tr

TITLE = "the optimizer's path on the loss"
ORDER = 3
LEAST_SIZE = (36, 8)
WIDEST, HIGHEST = 100, 30  # cells of the map
BANDS = 9  # between contour lines, evenly spaced by the square root of the loss
GAP = "  "  # between what is said
SHARE = 6  # rows of a picture, for each of which there may be one of words above and below it
SHADES = " .:-=+*%#"


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Bands of equal loss, and on them the path: S is its start, o its points, M the minimum.

    M lies on top of a path that has come to it; where that ends is said in numbers.
    """
    path, surface = numbers(artifact, "path", 2), numbers(artifact, "surface", 2)
    bounds, minimum = numbers(artifact, "range", 1), numbers(artifact, "minimum", 1)
    if path.shape[1] != 2 or len(bounds) != 4 or len(minimum) != 2:
        raise UnreadableError("its path is not one of two weights")
    now, least = (", ".join(short(float(it)) for it in point) for point in (path[-1], minimum))
    says = "M least {least}  @ now {now}  S start  o {points} points"
    head = tr(says, points=len(path) - 1, now=now, least=least)
    low, high, bottom, top = (short(float(it)) for it in bounds)
    foot = f"{tr('weight')} 1 {low}..{high},{GAP}{tr('weight')} 2 {bottom}..{top}"
    more = max(height // SHARE, 1)  # rows of each, where there is room
    above, below = (_rows(it.split(GAP), width, more) for it in (head, foot))
    size = max(min(height - len(above) - len(below), HIGHEST), 1), max(min(width, WIDEST), 1)
    bands = _bands(surface, size)
    cells = [[_ground(band, look) for band in row] for row in bands[::-1].tolist()]
    for point in path[1:-1]:
        _put(cells, point, bounds, "o", "strong")
    _put(cells, path[0], bounds, "S", "warn")
    _put(cells, path[-1], bounds, "@", "best")
    _put(cells, minimum, bounds, "M", "good")
    rows = [[(it, "plain")] for it in above] + [joined(it) for it in cells]
    return [*rows, *([(it, "dim")] for it in below)][:height]


def _rows(pieces: list[str], width: int, most: int) -> list[str]:
    """As many rows as it takes for pieces that stay whole, the last of at most `most` being cut."""
    rows: list[str] = []
    for piece in pieces:
        longer = f"{rows[-1]}{GAP}{piece}" if rows else piece
        if rows and cell_len(longer) > width and len(rows) < most:
            rows.append(piece)
        else:
            rows[-1:] = [longer]
    return [cut(it, width) for it in rows]


def _bands(surface: Numbers, size: tuple[int, int]) -> Numbers:
    """(rows, columns) which band of the loss each cell is in, 0 being the lowest."""
    down, across = (
        np.linspace(0, count - 1, cells).round().astype(int)
        for count, cells in zip(surface.shape, size, strict=True)
    )
    root = np.sqrt(np.maximum(np.nan_to_num(surface[down][:, across]), 0))
    return np.asarray(np.minimum(np.floor(root / (root.max() or 1.0) * BANDS), BANDS - 1))


def _ground(band: float, look: Look) -> tuple[str, str]:
    """A cell of the map: a colour of its band, or a shade."""
    if not look.has_pixels:
        return SHADES[int(band)], "dim"
    colour = perceptual(np.array(band / (BANDS - 1)))
    return " ", style(colour, colour, look)


def _put(
    cells: list[list[tuple[str, str]]], point: Numbers, bounds: Numbers, letter: str, name: str
) -> None:
    """Put a letter where a point is on the map, if it is there and finite."""
    rows, columns = len(cells), len(cells[0])
    spans = bounds[1] - bounds[0], bounds[3] - bounds[2]
    if not (np.isfinite(point).all() and min(spans) > 0):
        return
    x = round(float((point[0] - bounds[0]) / spans[0]) * (columns - 1))
    y = round(float((point[1] - bounds[2]) / spans[1]) * (rows - 1))
    if 0 <= x < columns and 0 <= y < rows:
        cells[rows - 1 - y][x] = (letter, name)
