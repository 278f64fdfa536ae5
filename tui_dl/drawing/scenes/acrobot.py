"""A state of Acrobot as a picture."""

from __future__ import annotations

from math import atan2, cos, sin

import numpy as np

from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.scenes.scene import Scene
from tui_dl.support.translations import tr

GOAL, FIRST, SECOND, JOINT = 0.35, 0.6, 0.85, 1.0  # levels of grey
REACH = 2.2  # lengths of a link from the middle to the edge


def scene(state: Numbers, rows: int) -> Scene:
    """Two links that hang from the middle, in so many rows of pixels, and the height to reach.

    The state has cosine and sine of the first link's angle from straight down, and of the second
    one's from the first, then both angular velocities.
    """
    first = atan2(float(state[1]), float(state[0]))
    second = first + atan2(float(state[3]), float(state[2]))
    image = np.zeros((rows, rows))
    middle = (rows - 1) / 2
    scale = middle / REACH
    image[round(middle - scale)] = GOAL
    elbow = sin(first), cos(first)  # to the right, and down
    ends = elbow[0] + sin(second), elbow[1] + cos(second)
    for begin, end, level in (((0.0, 0.0), elbow, FIRST), (elbow, ends, SECOND)):
        for share in np.linspace(0, 1, 4 * rows):
            x, y = (a + share * (b - a) for a, b in zip(begin, end, strict=True))
            image[_pixel(y, middle, scale), _pixel(x, middle, scale)] = level
    image[round(middle), round(middle)] = JOINT
    return Scene(image, tr("{height} high", height=f"{-ends[1]:+.1f}"))


def _pixel(place: float, middle: float, scale: float) -> int:
    return round(middle + scale * place)
