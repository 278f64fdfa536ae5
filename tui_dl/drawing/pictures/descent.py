"""The path of an optimizer on the contour lines of the loss over two weights."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, perceptual, style
from tui_dl.drawing.styled_text import StyledLine, joined
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short
from tui_dl.support.translations import tr

TITLE = "the optimizer's path on the loss"
ORDER = 3
LEAST_SIZE = (36, 8)
WIDEST, HIGHEST = 100, 30  # cells of the map
BANDS = 9  # between contour lines, evenly spaced by the square root of the loss
SHADES = " .:-=+*%#"


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Bands of equal loss, and on them the path: S is its start, o its points, M the minimum."""
    path, surface = numbers(artifact, "path", 2), numbers(artifact, "surface", 2)
    bounds, minimum = numbers(artifact, "range", 1), numbers(artifact, "minimum", 1)
    if path.shape[1] != 2 or len(bounds) != 4 or len(minimum) != 2:
        raise UnreadableError("its path is not one of two weights")
    size = max(min(height - 2, HIGHEST), 1), max(min(width, WIDEST), 1)
    bands = _bands(surface, size)
    cells = [[_ground(band, look) for band in row] for row in bands[::-1].tolist()]
    for point in path[1:-1]:
        _put(cells, point, bounds, "o", "strong")
    _put(cells, minimum, bounds, "M", "good")
    _put(cells, path[0], bounds, "S", "warn")
    _put(cells, path[-1], bounds, "@", "best")
    now, least = (", ".join(short(float(it)) for it in point) for point in (path[-1], minimum))
    points = len(path) - 1
    says = "S start  o {points} points  @ now {now}  M least {least}"
    head = tr(says, points=points, now=now, least=least)
    low, high, bottom, top = (short(float(it)) for it in bounds)
    foot = f"{tr('weight')} 1 {low}..{high}, {tr('weight')} 2 {bottom}..{top}"
    return [[(head, "plain")], *map(joined, cells), [(foot, "dim")]][:height]


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
