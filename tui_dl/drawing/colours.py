"""Colours of pictures: maps from numbers to colours, and styles for what a terminal can show."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.drawing.arrays import Numbers

Depth = Literal["true", "256", "16", "none"]  # how many colours a terminal has
Colours = npt.NDArray[np.uint8]  # (..., 3) red, green and blue

UNDEFINED = (95, 0, 95)  # of a number that is none
MIDDLE, LIGHT_MIDDLE = (38, 38, 38), (238, 238, 238)  # of zero in the signed map, by its ground
RED, BLUE = (255, 107, 94), (90, 169, 255)
LIGHT_RED, LIGHT_BLUE = (191, 33, 30), (0, 95, 175)  # of as much contrast on a light ground
# Of viridis (van der Walt & Smith 2015), from dark to light in steps that look equal.
VIRIDIS = (
    (68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141),
    (39, 173, 129), (92, 200, 99), (170, 220, 50), (253, 231, 37),
)  # fmt: skip
_CUBE = (0, 95, 135, 175, 215, 255)  # the levels of the 216 colours in the palette of 256


class Look(NamedTuple):
    """What the terminal can show, or whatever else a picture is drawn for.

    Attributes:
        colours: how many; with 16 or none, shades stand for numbers.
        ascii: whether only ASCII characters can be shown.
        light: whether the ground is light.
    """

    colours: Depth = "true"
    ascii: bool = False
    light: bool = False

    @property
    def has_pixels(self) -> bool:
        """Whether two colours fit a cell: a half block on a ground."""
        return self.colours in ("true", "256") and not self.ascii


def greys(values: Numbers) -> Colours:
    """Black to white for 0 to 1."""
    return _between(values, ((0, 0, 0), (255, 255, 255)))


def perceptual(values: Numbers) -> Colours:
    """Viridis for 0 to 1."""
    return _between(values, VIRIDIS)


def signed(values: Numbers, light: bool = False) -> Colours:
    """Blue for -1, near the ground for 0, red for 1."""
    ends = (LIGHT_BLUE, LIGHT_MIDDLE, LIGHT_RED) if light else (BLUE, MIDDLE, RED)
    return _between((values + 1) / 2, ends)


def _between(values: Numbers, anchors: tuple[tuple[int, int, int], ...]) -> Colours:
    """Colours between evenly spaced `anchors`."""
    places = np.linspace(0, 1, len(anchors))
    channels = [np.interp(values, places, channel) for channel in zip(*anchors, strict=True)]
    found = np.stack(channels, axis=-1)
    found[np.isnan(values)] = UNDEFINED
    return np.asarray(np.rint(found), np.uint8)


def style(front: npt.ArrayLike, ground: npt.ArrayLike | None, look: Look) -> str:
    """The style of text in one colour on another; in none without colours."""
    if look.colours == "none":
        return "plain"
    text = _name(*np.asarray(front, np.uint8).tolist(), look)
    if ground is None:
        return text
    return f"{text} on {_name(*np.asarray(ground, np.uint8).tolist(), look)}"


@lru_cache(4096)
def _name(red: int, green: int, blue: int, look: Look) -> str:
    """A colour as Rich writes it."""
    if look.colours == "true":
        return f"#{red:02x}{green:02x}{blue:02x}"
    if look.colours == "256":
        return f"color({_in_palette(red, green, blue)})"
    bright = 8 * (max(red, green, blue) > 170)
    bits = [int(2 * it > max(red, green, blue, 96)) for it in (red, green, blue)]
    return f"color({bright + bits[0] + 2 * bits[1] + 4 * bits[2]})"


def _in_palette(red: int, green: int, blue: int) -> int:
    """The nearest of the 216 colours and 24 greys in the palette of 256."""
    cube = [min(range(6), key=lambda it: abs(_CUBE[it] - level)) for level in (red, green, blue)]
    grey = min(max(round((red + green + blue) / 3 - 8) // 10, 0), 23)

    def distance(*levels: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(levels, (red, green, blue), strict=True))

    if distance(*[8 + 10 * grey] * 3) < distance(*(_CUBE[it] for it in cube)):
        return 232 + grey
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
