"""Samples whose targets are images: each beside its maps, as they are to be and as they are."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.answered import images
from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.scaled import largest
from tui_dl.drawing.styled_text import StyledLine, boxed
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

BAND = 8  # rows of a sample and its maps, at least
HEADING = "a map is white where its filter fits, black where its opposite does"


def draw_mapped(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A band for each sample: the sample, its target's maps, and those of the network.

    All maps are on one scale, that of the targets, and grey is 0. Where there is little room, the
    last samples are left out.
    """
    targets, outputs = (numbers(artifact, f"{name}.maps", 4) for name in ("target", "output"))
    samples = images(artifact, "input.pictures")
    if targets.shape != outputs.shape or len(samples) != len(targets):
        raise UnreadableError("its maps are not those of its samples")
    names = [printable(it) for it in artifact.labels.get("maps", [])]
    names += [f"{tr('map')} {it + 1}" for it in range(len(names), targets.shape[1])]
    scale = largest(targets) or 1.0
    bands = [_band(*it, names, scale) for it in zip(samples, targets, outputs, strict=True)]
    share = max((height - 1) // len(bands), BAND)
    rows: list[StyledLine] = [[(tr(HEADING), "dim")]]
    for band in bands:
        left = height - len(rows)
        if len(rows) > 1 and left < BAND:
            break
        rows += draw_tiles(band, greys, width, min(share, left), look)
    return boxed(rows, width, height)


def _band(
    sample: Numbers, targets: Numbers, outputs: Numbers, names: list[str], scale: float
) -> list[Tile]:
    """A sample, then each map of its target beside the network's, all (rows, columns)."""
    tiles = [Tile(sample, [[(tr("sample"), "dim")]])]
    for at, (name, *pair) in enumerate(zip(names, targets, outputs, strict=False), 1):
        for caption, image in zip((name, f"{tr('learned')} {at}"), pair, strict=True):
            level = (_around(sample, np.clip(image / scale, -1, 1)) + 1) / 2
            tiles.append(Tile(level, [[(caption, "dim")]]))
    return tiles


def _around(sample: Numbers, image: Numbers) -> Numbers:
    """A map with zeros around it, so that its pixels stand where those of its sample do."""
    missing = [
        max(large - small, 0) for large, small in zip(sample.shape, image.shape, strict=False)
    ]
    return np.pad(image, [(it // 2, it - it // 2) for it in missing])
