"""A state of an environment as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui_dl.drawing.arrays import Numbers


class Scene(NamedTuple):
    """A picture of a state, and what is to be read off it."""

    image: Numbers
    caption: str


DrawScene = Callable[[Numbers, int], Scene]  # of a state, in so many rows of pixels
