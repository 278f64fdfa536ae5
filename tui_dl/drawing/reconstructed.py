"""Inputs of an autoencoder beside its outputs: images, curves, or rows of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tui_dl.drawing.answered import images
from tui_dl.drawing.arrays import Numbers, UnreadableError, array, numbers
from tui_dl.drawing.braille import Curve, draw_curves
from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.pixels import in_proportion
from tui_dl.drawing.styled_text import StyledLine, boxed, column, length
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

PARTS = "input", "output"
STYLES = "validation", "train"
SIGNS = "o", "*"  # in ASCII
FEW = 12  # numbers of a sample that are written as numbers
LEAST, GAP = 30, 2  # columns of a curve, and between two
GROUND = 0.07  # the level of grey of a dark ground
HIGH = 5  # rows of a curve, at most


def draw_reconstructed(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Draw the samples of an artifact that has `input.*` and `output.*`."""
    if "output.pictures" in artifact.arrays:
        return _images(artifact, width, height, look)
    inputs, outputs = (numbers(artifact, f"{it}.numbers", 2) for it in PARTS)
    if inputs.shape != outputs.shape:
        raise UnreadableError("its outputs are not those of its inputs")
    if inputs.shape[1] <= FEW:
        return _rows(inputs, outputs)
    captions, order = _captions(artifact, len(inputs)), _varied(artifact, len(inputs))
    return _curves(inputs, outputs, captions, width, height, look, order)


def _images(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Each input image above what an autoencoder makes of it."""
    both = [
        [in_proportion(it, width, max(height // 2, 1), look) for it in images(artifact, name)]
        for name in (f"{part}.pictures" for part in PARTS)
    ]
    pairs = zip(*both, strict=True)
    tiles = [Tile(np.concatenate([input, _gap(input), output])) for input, output in pairs]
    return draw_tiles(tiles, greys, width, height, look, parts=PARTS)


def _gap(image: Numbers) -> Numbers:
    """Two rows of pixels below an image, as dark as the ground."""
    return np.full((2, *image.shape[1:]), GROUND)


def _rows(inputs: Numbers, outputs: Numbers) -> list[StyledLine]:
    """Each row of numbers above what an autoencoder makes of it."""
    rows: list[StyledLine] = []
    for pair in zip(inputs.tolist(), outputs.tolist(), strict=True):
        for name, row, style in zip(PARTS, pair, STYLES, strict=True):
            numbers = "".join(f"{short(it):>9}" for it in row)
            rows.append([(column(name, 7), "dim"), (numbers, style)])
    return rows


def _curves(
    inputs: Numbers,
    outputs: Numbers,
    captions: list[str],
    width: int,
    height: int,
    look: Look,
    order: Sequence[int],
) -> list[StyledLine]:
    """A box for each sample with two curves, all on one scale, as many as fit."""
    across = max((width + GAP) // (LEAST + GAP), 1)
    columns = (width + GAP) // across - GAP
    down = max((height - 1) // (HIGH + 1), 1)
    high = max((height - 1) // down - 1, 1)
    low, top = float(inputs.min()), float(inputs.max())
    legend: StyledLine = []
    for name, style, sign in zip(PARTS, STYLES, SIGNS, strict=True):
        legend.append((f"{sign if look.ascii else '━'} {tr(name)}   ", style))
    scale = (tr("from {least} to {most}", least=short(low), most=short(top)), "dim")
    if length([*legend, scale]) <= width:
        legend.append(scale)
    drawn: list[StyledLine] = [legend]
    inputs, outputs, captions = inputs[order], outputs[order], [captions[it] for it in order]
    xs = np.linspace(0, 1, inputs.shape[1]).tolist()
    for first in range(0, min(across * down, len(inputs)), across):
        blocks = []
        for at in range(first, min(first + across, len(inputs))):
            curves = [
                Curve(xs, ((row - low) / ((top - low) or 1.0)).tolist(), style, sign)
                for row, style, sign in zip((inputs[at], outputs[at]), STYLES, SIGNS, strict=True)
            ]
            blocks.append([[(captions[at], "dim")], *draw_curves(curves, columns, high, look)])
        for lines in zip(*blocks, strict=True):
            row: StyledLine = []
            for line in boxed(lines, columns, len(lines)):
                row += [*line, (" " * (columns - length(line) + GAP), "plain")]
            drawn.append(row)
    return drawn[:height]


def _varied(artifact: Artifact, count: int) -> list[int]:
    """The samples in the order in which they are shown: first one of each class."""
    if "label" not in artifact.arrays:
        return list(range(count))
    _, first = np.unique(array(artifact, "label"), return_index=True)
    return [*first.tolist(), *(it for it in range(count) if it not in first)]


def _captions(artifact: Artifact, count: int) -> list[str]:
    """The class and the error of each sample, as far as they are known."""
    parts: list[list[str]] = []
    if "label" in artifact.arrays:
        names = artifact.labels.get("classes", [])
        labels = array(artifact, "label").tolist()
        parts.append([printable(names[it]) if 0 <= it < len(names) else f"{it}" for it in labels])
    if "error" in artifact.arrays:
        errors = numbers(artifact, "error", 1).tolist()
        parts.append([f"{tr('error')} {short(it)}" for it in errors])
    if any(len(it) != count for it in parts):
        raise UnreadableError("its errors are not those of its samples")
    return ["  ".join(it) for it in zip(*parts, strict=True)] if parts else [""] * count
