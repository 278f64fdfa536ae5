"""Points of classes in a plane, over the regions in which a classifier answers each class.

A class has a colour and, so that colour is not needed, a letter or its number for its points and a
texture for its region. A cell through which a border goes shows both sides of it as half blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.colours import Look, style
from tui_dl.drawing.pixels import HALF
from tui_dl.drawing.styled_text import StyledLine, joined, length
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

LEAST_SIZE = (28, 12)
AXES = ("x1", "x2")  # where they have no other names
BELOW = 2  # rows under the plane: the classes, the axes
LETTERS, DIGITS = "ox+*v^sdab", "0123456789"  # of classes that have names, and that have none
TEXTURES, ASCII_TEXTURES = " ·░▒▓-:=%#", " .:-=~,+%#"
UNDEFINED = "?"
# Okabe & Ito's colours (2008), which are told apart with any colour vision.
COLOURS = np.array([
    (86, 180, 233), (230, 159, 0), (0, 190, 140), (240, 228, 66), (204, 121, 167),
    (213, 94, 0), (150, 150, 255), (190, 190, 190), (0, 114, 178), (170, 255, 170),
])  # fmt: skip
GROUND = 22  # of a region that is not sure at all
SURE = 0.42  # of a class's colour, where it is

Places = npt.NDArray[np.intp]
Cells = list[list[tuple[str, str]]]  # a character and its style, by row and column


class Regions(NamedTuple):
    """A class and the probability of it, (rows, columns) each, the highest row first."""

    answers: Places
    confidence: Numbers


class Plane(NamedTuple):
    """Points of a part of a plane.

    Attributes:
        edges: (2, 2) lowest and highest number of both axes.
        points: (points, 2).
        labels: (points,) their classes.
        names: of the classes; none where they have no names.
        regions: what is answered in the plane, at any number of places.
    """

    edges: Numbers
    points: Numbers
    labels: Places
    names: Sequence[str] = ()
    regions: Regions | None = None


def draw_points(
    artifact: Artifact, axes: tuple[str, str], width: int, height: int, look: Look
) -> list[StyledLine]:
    """The plane of an artifact, as `draw_plane` draws it.

    Args:
        artifact: has `range`, `points` and `labels`, and `answers` and `confidence` or neither.
        axes: what the axes are called.
        width: columns that there are.
        height: rows that there are.
        look: what the terminal can show.

    Raises:
        UnreadableError: it has not.
    """
    edges, points = numbers(artifact, "range", 2), numbers(artifact, "points", 2)
    labels = numbers(artifact, "labels", 1).astype(np.intp)
    if edges.shape != (2, 2) or points.shape != (len(labels), 2):
        raise UnreadableError("its points are not those of its range and labels")
    found = _regions(artifact) if "answers" in artifact.arrays else None
    plane = Plane(edges, points, labels, artifact.labels.get("classes", []), found)
    return draw_plane(plane, axes, width, height, look)


def draw_plane(
    plane: Plane, axes: tuple[str, str], width: int, height: int, look: Look
) -> list[StyledLine]:
    """The plane, twice as many columns as rows, then the classes and the ends of the axes.

    Args:
        plane: the points, and the regions where there are any.
        axes: what the axes are called.
        width: columns that there are.
        height: rows that there are.
        look: what the terminal can show.
    """
    edges, points, labels, names, everywhere = plane
    rows = max(min(height - BELOW, width // 2), 1)
    columns = max(min(2 * rows, width), 1)
    found = _resampled(everywhere, rows, columns) if everywhere else None
    cells: Cells = [[(" ", "plain")] * columns for _ in range(rows)]
    if found:
        cells = _painted(found, look)
    for (row, at), label in _placed(points, labels, edges, rows, columns):
        ground = _ground(found, 2 * row, at) if found and look.has_pixels else None
        cells[row][at] = (_letter(label, names), style(_colour(label), ground, look))
    legend = _legend(names, labels, found, width, look)
    ends = ", ".join(
        f"{printable(name)} {low:.2g}..{high:.2g}"
        for name, (low, high) in zip(axes, edges.tolist(), strict=True)
    )
    return [*map(joined, cells), legend, [(ends, "dim")]]


def _regions(artifact: Artifact) -> Regions:
    """The regions of an artifact, at the places at which they were seen."""
    answers = numbers(artifact, "answers", 2).astype(np.intp)
    confidence = np.nan_to_num(numbers(artifact, "confidence", 2)) / 255
    if answers.shape != confidence.shape:
        raise UnreadableError("its confidence is not that of its answers")
    return Regions(answers[::-1], confidence[::-1].clip(0, 1))


def _resampled(regions: Regions, rows: int, columns: int) -> Regions:
    """The regions at two places a row, one above the other, for each column."""
    chosen = np.ix_(*(
        np.floor((np.arange(count) + 0.5) / count * size).astype(int)
        for count, size in zip((2 * rows, columns), regions.answers.shape, strict=True)
    ))  # fmt: skip
    return Regions(regions.answers[chosen], regions.confidence[chosen])


def _painted(regions: Regions, look: Look) -> Cells:
    """A cell for each column and each two rows of the regions."""
    upper, lower = regions.answers[::2], regions.answers[1::2]
    return [
        [_region(regions, row, at, look) for at in range(upper.shape[1])]
        for row in range(len(lower))
    ]


def _region(regions: Regions, row: int, at: int, look: Look) -> tuple[str, str]:
    """What a cell without a point shows."""
    above, below = (int(regions.answers[2 * row + half, at]) for half in (0, 1))
    if not look.has_pixels:
        return _texture(below, look), style(_colour(below), None, look)
    top, bottom = (_ground(regions, 2 * row + half, at) for half in (0, 1))
    if above != below:
        return HALF, style(top, bottom, look)
    faint = (bottom + (_colour(below) - bottom) * 0.3).astype(int)
    return _texture(below, look), style(faint, bottom, look)


def _ground(regions: Regions, row: int, at: int) -> Places:
    """The colour of a place of a region: the surer, the more of its class's colour."""
    answer, sure = int(regions.answers[row, at]), float(regions.confidence[row, at])
    return np.asarray(GROUND + (_colour(answer) - GROUND) * SURE * sure).astype(int)


def _placed(
    points: Numbers, labels: Places, edges: Numbers, rows: int, columns: int
) -> list[tuple[tuple[int, int], int]]:
    """Row and column of each point that is in the plane, with its class."""
    low, high = edges.T
    share = (points - low) / np.where(high > low, high - low, 1)
    inside = ((share >= 0) & (share <= 1)).all(axis=1)
    at = np.minimum(share[inside] * (columns, rows), (columns - 1, rows - 1)).astype(int)
    cells = [(rows - 1 - y, x) for x, y in at.tolist()]
    return list(zip(cells, labels[inside].tolist(), strict=True))


def _legend(
    names: Sequence[str], labels: Places, found: Regions | None, width: int, look: Look
) -> StyledLine:
    """The sign, the texture and the name of each class, as many as fit."""
    there = set(labels.tolist()) | (set(found.answers.ravel().tolist()) if found else set())
    row: StyledLine = [] if names else [(f"{tr('class')} ", "dim")]
    for label in sorted(it for it in there if it >= 0):
        sign = _letter(label, names)
        name = printable(names[label]) if label < len(names) else f"{label}" * (label > 9)
        texture = _texture(label, look).strip() if found else ""
        gap = "   " if texture or name else " "
        entry = " ".join(filter(None, (sign, 4 * texture, name))) + gap
        if length(row) + length([(entry, "")]) > width:
            break
        row.append((entry, style(_colour(label), None, look)))
    return row


def _letter(label: int, names: Sequence[str]) -> str:
    """The sign of a point: a letter, or the number of a class that has no name."""
    signs = LETTERS if names else DIGITS
    return signs[label % len(signs)] if label >= 0 else UNDEFINED


def _texture(label: int, look: Look) -> str:
    ramp = ASCII_TEXTURES if look.ascii else TEXTURES
    return ramp[label % len(ramp)] if label >= 0 else UNDEFINED


def _colour(label: int) -> Places:
    """The colour of a class; grey of none."""
    return np.asarray(COLOURS[label % len(COLOURS)] if label >= 0 else (128, 128, 128))
