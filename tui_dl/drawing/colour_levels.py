"""A perceptual colour map as a few levels, for what a terminal can show.

Viridis (van der Walt & Smith 2015): its lightness rises evenly, and it is read with any colour
vision. Its darkest part is left out, which is hardly seen on a dark ground; on a light one the
lightest is, and the darkest stands for the highest number.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.colours import Colours, Look, perceptual, style
from tui_dl.drawing.luminance import luminance

STEPS = 40  # from a colour to black or white
LEVELS = 64  # in true colour; the eye tells no more apart
DARKEST, LIGHTEST = 0.15, 0.55  # of viridis, on a dark ground and on a light one
# What the palette of 256 has along viridis, whose lightness rises from each to the next.
PALETTE = (53, 55, 24, 30, 36, 77, 148, 220, 227)
ON_LIGHT = (30, 24, 55, 53)
# Of a thin line, at least on a dark ground and at most on a light one: on those of all themes this
# is a contrast of 3, after WCAG 2.2, criterion 1.4.11.
LINE_LUMINANCE = 0.21
SHADES, ASCII_SHADES = "·░▒▓█", ".:+*#"


@cache
def levels(look: Look) -> tuple[str, ...]:
    """The colours from low to high, as Rich writes them; none where shades stand for numbers."""
    if look.colours == "true":
        return tuple(style(colour, None, look) for colour in _of_viridis(LEVELS, look))
    palette = ON_LIGHT if look.light else PALETTE
    return tuple(f"color({number})" for number in palette) if look.has_pixels else ()


@cache
def line_levels(look: Look) -> tuple[str, ...]:
    """As many colours for thin lines: the same, but for those that would hardly be seen.

    They are lighter on a dark ground, and darker on a light one.
    """
    colours = _of_viridis(len(levels(look)), look)
    return tuple(style(_seen(colour, look.light), None, look) for colour in colours)


def _of_viridis(count: int, look: Look) -> Colours:
    """(count, 3) colours from low to high."""
    ends = (LIGHTEST, 0.0) if look.light else (DARKEST, 1.0)
    return perceptual(np.linspace(*ends, count))


def _seen(colour: Colours, light: bool) -> Colours:
    """`colour`, or what is nearest to it on the way to white that is light enough; or to black."""
    end = 0 if light else 255
    ways = np.rint(np.linspace(colour, np.full(3, end), STEPS))
    enough = (it for it in ways if (luminance(it) <= LINE_LUMINANCE) is light)
    return np.asarray(next(enough), np.uint8)


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
