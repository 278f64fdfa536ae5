"""A perceptual colour map as a few levels, for what a terminal can show.

Viridis (van der Walt & Smith 2015): its lightness rises evenly, and it is read with any colour
vision. Its darkest part is left out, which is hardly seen on a dark ground; on a light one the
lightest is, and the darkest stands for the highest number.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.colours import Look, perceptual, style

LEVELS = 64  # in true colour; the eye tells no more apart
DARKEST, LIGHTEST = 0.15, 0.55  # of viridis, on a dark ground and on a light one
# What the palette of 256 has along viridis, whose lightness rises from each to the next.
PALETTE = (53, 55, 24, 30, 36, 77, 148, 220, 227)
ON_LIGHT = (30, 24, 55, 53)
SHADES, ASCII_SHADES = "·░▒▓█", ".:+*#"


@cache
def levels(look: Look) -> tuple[str, ...]:
    """The colours from low to high, as Rich writes them; none where shades stand for numbers."""
    if look.colours == "true":
        ends = (LIGHTEST, 0.0) if look.light else (DARKEST, 1.0)
        colours = perceptual(np.linspace(*ends, LEVELS))
        return tuple(style(colour, None, look) for colour in colours)
    palette = ON_LIGHT if look.light else PALETTE
    return tuple(f"color({number})" for number in palette) if look.has_pixels else ()


def shades(look: Look) -> str:
    """The characters from low to high, where there are no colours."""
    return ASCII_SHADES if look.ascii else SHADES


def level_count(look: Look) -> int:
    """How many levels can be told apart."""
    return len(levels(look)) or len(shades(look))


def level(places: Numbers, look: Look) -> np.typing.NDArray[np.intp]:
    """The level of each place between 0 and 1; -1 where it is none."""
    count = level_count(look)
    found = np.minimum(np.nan_to_num(places) * count, count - 1).astype(np.intp)
    return np.where(np.isnan(places), -1, found)
