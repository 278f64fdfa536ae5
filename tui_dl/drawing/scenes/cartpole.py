"""A state of CartPole as a picture."""

from __future__ import annotations

from math import cos, degrees, sin

import numpy as np

from tui_dl.drawing.arrays import Numbers
from tui_dl.drawing.scenes.scene import Scene

GROUND, CART, POLE = 0.35, 0.6, 1.0  # levels of grey
REACH = 2.4  # metres from the middle at which an episode of CartPole ends


def scene(state: Numbers, rows: int) -> Scene:
    """A cart at its place with the pole at its angle, in so many rows of pixels.

    The state is the place, its change, the angle and its change.
    """
    place, angle = float(state[0]), float(state[2])
    columns, wheels = rows * 3 // 2, max(rows // 5, 2)
    image = np.zeros((rows, columns))
    middle = (columns - 1) / 2
    x = middle + float(np.clip(place / REACH, -1, 1)) * (middle - wheels)
    image[rows - 1] = GROUND
    left = max(round(x - wheels / 2), 0)
    image[rows - 2, left : left + wheels + 1] = CART
    for along in np.linspace(0, rows - 3, 4 * rows):
        row, column = round(rows - 3 - along * cos(angle)), round(x + along * sin(angle))
        if 0 <= row < rows and 0 <= column < columns:
            image[row, column] = POLE
    return Scene(image, f"{degrees(angle):+.1f}°")
