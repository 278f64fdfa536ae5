"""Which pixels decided: red where more brightness speaks for the answer, blue where against it."""

from __future__ import annotations

from functools import partial

import numpy as np

from tui_dl.drawing.answered import Answered, answers_of, images
from tui_dl.drawing.answers import caption
from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Colours, Look, greys, signed
from tui_dl.drawing.scaled import around_zero
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.translations import tr

TITLE = "pixels that decided"
ORDER = 15
LEAST_SIZE = (36, 7)
LARGE, SMALL = 12, 8  # rows and columns of an image, at least: with much room, and with little
HEADING = "red: for it, blue: against it"


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Each image with its answer, and after it the gradient of the answer by its pixels.

    Each gradient is on a scale of its own, around zero.
    """
    gradients, pictures = numbers(artifact, "saliency", 3), images(artifact, "input.pictures")
    given = Answered(answers_of(artifact), tuple(pictures))
    if not len(gradients) == len(pictures) == len(given.answers):
        raise UnreadableError("its gradients are not those of its samples")
    tiles = []
    for image, gradient, answer in zip(pictures, gradients, given.answers, strict=True):
        tiles.append(Tile(image, caption(answer, look)))
        large = _enlarged(around_zero(gradient), image.shape[:2])
        tiles.append(Tile(large, [[(tr("for {answer}", answer=answer.answer), "dim")]]))
    least = LARGE if height > LARGE else SMALL
    colours = partial(_colours, light=look.light)
    rows = draw_tiles(tiles, colours, width, height - 1, look, least, together=2)
    return [[(tr(HEADING), "dim")], *rows]


def _enlarged(gradient: Numbers, shape: tuple[int, ...]) -> Numbers:
    """A gradient by patches as large as its image."""
    down, across = (
        np.arange(size) * few // size for size, few in zip(shape, gradient.shape, strict=True)
    )
    return np.asarray(gradient[down][:, across])


def _colours(values: Numbers, light: bool) -> Colours:
    """Greys for an image, which has nothing below zero, else red and blue."""
    return signed(values, light) if (values < 0).any() else greys(values)
