"""An episode as a strip of scenes, from its first state to its last, and the returns of all."""

from __future__ import annotations

from math import ceil

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, array, numbers
from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.scenes import scene_of
from tui_dl.drawing.styled_text import StyledLine, column
from tui_dl.drawing.tiles import GAP, Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import counted, short
from tui_dl.support.translations import said, tr

TITLE = "a validation episode, played by the best actions"
ORDER = 2
LEAST_SIZE = (36, 8)
PIXELS, SHADES = 14, 8  # rows of a scene, at most, where it is drawn in half blocks or in shades
LEAST_PIXELS, LEAST_SHADES = 10, 6  # that it is made smaller to, so that several fit:
SCENES = 4
WIDE = 60  # columns in which there is room for the spread of the returns
NUMBERS = 8  # of a state that are shown where there is no scene


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """As many evenly spaced states as fit side by side; rows of numbers where there is no scene."""
    states, at = numbers(artifact, "states", 2), array(artifact, "at").reshape(-1)
    returns = numbers(artifact, "returns", 1)
    length = int(numbers(artifact, "length", 1)[0])
    if len(at) != len(states):
        raise UnreadableError("its states are not those of its steps")
    low, mean, high = (float(it) for it in (returns.min(), returns.mean(), returns.max()))
    figures = {"mean": f"{mean:.4g}", "low": f"{low:.4g}", "high": f"{high:.4g}"}
    of_all = tr("mean return {mean}", mean=figures["mean"])
    if width >= WIDE:
        says = "mean return {mean} of {count} episodes, from {low} to {high}"
        of_all = tr(says, count=len(returns), **figures)
    drawn: list[StyledLine] = [
        [(f"{said(counted(length, 'action'))}  ", "strong"), (of_all, "plain")]
    ]
    (kind,) = artifact.labels.get("environment", [])[:1] or [""]
    captions = [
        f"{tr('action')} {step + 1}" if step < length else tr("the end") for step in at.tolist()
    ]
    return drawn + _strip(states, captions, kind, width, height - 1, look)


def _strip(
    states: Numbers, captions: list[str], kind: str, width: int, height: int, look: Look
) -> list[StyledLine]:
    """States as scenes, with the number of the action that was taken there under each."""
    draw_scene = scene_of(kind)
    if draw_scene is None:
        return [
            [(column(caption, 12), "dim"), ("".join(f"{short(it):>9}" for it in row), "plain")]
            for caption, row in zip(captions, states[:, :NUMBERS].tolist(), strict=True)
        ][:height]
    shape = draw_scene(states[0], LEAST_PIXELS).image.shape
    rows, count = _grid(shape[1] / shape[0], width, height, look)
    chosen = np.linspace(0, len(states) - 1, min(count, len(states))).round().astype(int)
    tiles = []
    for index in chosen.tolist():
        scene = draw_scene(states[index], rows)
        tiles.append(Tile(scene.image, [[(captions[index], "dim")], [(scene.caption, "dim")]]))
    return draw_tiles(tiles, greys, width, height, look, least=rows)


def _grid(aspect: float, width: int, height: int, look: Look) -> tuple[int, int]:
    """How many rows a scene has, and how many scenes fit: large ones, but not too few of them."""
    tall, wide = (2, 1) if look.has_pixels else (1, 2)  # pixels in a cell, and cells of a pixel
    most, least = (PIXELS, LEAST_PIXELS) if look.has_pixels else (SHADES, LEAST_SHADES)
    found = []
    for rows in range(max(min(tall * (height - 2), most), 3), 2, -1):
        across = (width + GAP) // (ceil(rows * aspect) * wide + GAP)
        down = height // (ceil(rows / tall) + 2)
        found.append((rows, max(across, 1) * max(down, 1)))
        if rows <= least or found[-1][1] >= SCENES:
            break
    return max(found, key=lambda it: min(it[1], SCENES))
