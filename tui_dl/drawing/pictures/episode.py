"""An episode as a strip of scenes, from its first state to its last, and the returns of all."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, array, numbers
from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.scenes import scene_of
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.tiles import GAP, Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import counted, short

TITLE = "a validation episode, played by the best actions"
ORDER = 2
LEAST_SIZE = (36, 8)
PIXELS, SHADES = 14, 8  # rows of a scene, at most, where it is drawn in half blocks or in shades
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
    of_all = f"mean return {mean:.4g}"
    if width >= WIDE:
        of_all += f" of {len(returns)} episodes, from {low:.4g} to {high:.4g}"
    drawn: list[StyledLine] = [[(f"{counted(length, 'action')}  ", "strong"), (of_all, "plain")]]
    (kind,) = artifact.labels.get("environment", [])[:1] or [""]
    return drawn + _strip(states, at, kind, width, height - 1, look)


def _strip(
    states: Numbers, at: Numbers, kind: str, width: int, height: int, look: Look
) -> list[StyledLine]:
    """States as scenes, with the number of the action that was taken there under each."""
    draw_scene = scene_of(kind)
    if draw_scene is None:
        return [
            [
                (f"action {step + 1:>5}  ", "dim"),
                ("".join(f"{short(it):>9}" for it in row), "plain"),
            ]
            for step, row in zip(at.tolist(), states[:, :NUMBERS].tolist(), strict=True)
        ][:height]
    rows = min(2 * (height - 2), PIXELS) if look.has_pixels else min(height - 2, SHADES)
    rows = max(rows, 3)
    wide = draw_scene(states[0], rows).image.shape[1] * (1 if look.has_pixels else 2)
    across = max((width + GAP) // (wide + GAP), 1)
    down = max(height // ((rows + 1) // 2 + 2 if look.has_pixels else rows + 2), 1)
    chosen = np.linspace(0, len(states) - 1, min(across * down, len(states))).round().astype(int)
    tiles = []
    for index in chosen.tolist():
        scene = draw_scene(states[index], rows)
        caption = [[(f"action {int(at[index]) + 1}", "dim")], [(scene.caption, "dim")]]
        tiles.append(Tile(scene.image, caption))
    return draw_tiles(tiles, greys, width, height, look, least=rows)
