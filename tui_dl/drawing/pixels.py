"""Small images as rows of text: half blocks in colour, else shades.

A half block shows two pixels, one above the other, in one cell. Where there are no colours for
that, a pixel is two cells wide, and its shade says how far its number is from zero.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.colours import Colours, Look, style
from tui_dl.drawing.styled_text import StyledLine

ColourMap = Callable[[Numbers], Colours]

HALF = "▀"
SHADES, ASCII_SHADES = " ░▒▓█", " .:+*#@"
BELOW, ASCII_BELOW = " ·-=≡", " ,-~=%&"  # of numbers below zero
UNDEFINED = "?"


def size(image: Numbers, look: Look, zoom: int = 1) -> tuple[int, int]:
    """The columns and rows that `draw` needs for an image (rows, columns)."""
    height, width = image.shape[0] * zoom, image.shape[1] * zoom
    return (width, -(-height // 2)) if look.has_pixels else (2 * width, height)


def draw(image: Numbers, colours: ColourMap, look: Look, zoom: int = 1) -> list[StyledLine]:
    """The rows of an image (rows, columns), or (rows, columns, 3) in red, green and blue.

    Args:
        image: numbers from -1 to 1, or levels of colour from 0 to 1.
        colours: the colour of each number; it is not asked for levels of colour.
        look: what the terminal can show.
        zoom: rows and columns of a pixel.
    """
    large = image.repeat(zoom, axis=0).repeat(zoom, axis=1)
    if not look.has_pixels:
        return _shaded(large.mean(axis=2) if large.ndim == 3 else large, colours, look)
    painted = np.rint(255 * np.nan_to_num(large)).astype(np.uint8) if large.ndim == 3 else None
    levels = colours(large) if painted is None else painted
    rows: list[StyledLine] = []
    for top in range(0, len(levels), 2):
        below = levels[top + 1] if top + 1 < len(levels) else None
        row: StyledLine = []
        for x, colour in enumerate(levels[top]):
            _add(row, HALF, style(colour, None if below is None else below[x], look))
        rows.append(row)
    return rows


def _shaded(image: Numbers, colours: ColourMap, look: Look) -> list[StyledLine]:
    """Two cells a pixel, of a character that says how far its number is from zero."""
    above, under = (ASCII_SHADES, ASCII_BELOW) if look.ascii else (SHADES, BELOW)
    paints = colours(image)
    rows: list[StyledLine] = []
    for values, paint in zip(image.tolist(), paints, strict=True):
        row: StyledLine = []
        for value, colour in zip(values, paint, strict=True):
            if value != value:
                _add(row, 2 * UNDEFINED, "plain")
                continue
            ramp = under if value < 0 else above
            shade = ramp[min(round(abs(value) * (len(ramp) - 1)), len(ramp) - 1)]
            _add(row, 2 * shade, "plain" if shade == " " else style(colour, None, look))
        rows.append(row)
    return rows


def _add(row: StyledLine, text: str, style: str) -> None:
    """Add text to the end of a row; neighbours of one style become one piece."""
    if row and row[-1][1] == style:
        row[-1] = (row[-1][0] + text, style)
    else:
        row.append((text, style))


def fitted(image: Numbers, width: int, height: int, look: Look) -> Numbers:
    """As many rows and columns of an image, evenly spaced, as fit `width` x `height` cells."""
    most = (width, 2 * height) if look.has_pixels else (width // 2, height)
    columns, rows = (max(1, min(*pair)) for pair in zip(most, image.shape[1::-1], strict=True))
    down = np.linspace(0, len(image) - 1, rows).round().astype(int)
    across = np.linspace(0, image.shape[1] - 1, columns).round().astype(int)
    return np.asarray(image[down][:, across])


def in_proportion(image: Numbers, width: int, height: int, look: Look) -> Numbers:
    """An image, small enough for `width` x `height` cells, with its own proportions."""
    whole = fitted(image, width, height, look)
    share = min(now / before for now, before in zip(whole.shape, image.shape, strict=True))
    rows, columns = (max(round(side * share), 1) for side in image.shape[:2])
    size = (columns, -(-rows // 2)) if look.has_pixels else (2 * columns, rows)
    return fitted(image, *size, look)
