"""Samples of the data before any training: tiles of images, points in their plane, or lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.colours import Look, greys
from tui_dl.drawing.points import AXES, LEAST_SIZE, Plane, draw_plane
from tui_dl.drawing.scenes import scene_of
from tui_dl.drawing.styled_text import StyledLine, aligned, are_numbers, boxed
from tui_dl.drawing.tiles import GAP as TILE_GAP
from tui_dl.drawing.tiles import Tile, draw_tiles
from tui_dl.support.formatting import short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

if TYPE_CHECKING:
    from tui_dl.data.preview import Preview

GAP = 2  # columns between two cells of a table
CELL = 40  # cells of a column beside others, at most
TARGET = 24  # and of a target, or else a quarter of the row
ARROW, ASCII_ARROW = " → ", " -> "


def draw_samples(preview: Preview, width: int, height: int, look: Look) -> list[StyledLine]:
    """Draw as many samples as fit `width` x `height` cells, each with its target.

    Points of a plane are drawn there where it fits, else they are lines.
    """
    if preview.pictures is not None:
        targets = preview.targets or ("",) * len(preview.pictures)
        tiles = [
            Tile(image, [[(printable(target), "dim")]] if target else ())
            for image, target in zip(preview.pictures, targets, strict=True)
        ]
        return draw_tiles(tiles, greys, width, height, look)
    if preview.plane and width >= LEAST_SIZE[0] and height >= LEAST_SIZE[1]:
        return draw_plane(Plane(*preview.plane), AXES, width, height, look)
    if preview.states is None:
        return _lines(preview.columns, preview.rows, preview.targets, width, height, look)
    if scene := scene_of(preview.source):
        scenes = [scene(state, 2 * (height - 1)) for state in preview.states]
        shown = (width + TILE_GAP) // (scenes[0].image.shape[1] + TILE_GAP)
        tiles = [Tile(it.image, [[(it.caption, "dim")]]) for it in scenes[: max(shown, 1)]]
        return draw_tiles(tiles, greys, width, height, look)
    rows = [tuple(map(short, state)) for state in preview.states.tolist()]
    return _lines((), rows, (), width, height, look)


def _lines(
    names: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    targets: Sequence[str],
    width: int,
    height: int,
    look: Look,
) -> list[StyledLine]:
    """A line for each sample: its cells in columns, an arrow, and its target."""
    right = [_cut(it, max(TARGET, width // 4)) for it in targets]
    arrow = (ASCII_ARROW if look.ascii else ARROW) if right else ""
    room = width - max(map(cell_len, right), default=0) - cell_len(arrow)
    table = [names, *rows] if names else rows
    most = room if len(table[0]) == 1 else min(room - GAP - 1, CELL)  # dots for what is hidden
    cells = [[_cut(it, most) for it in row] for row in table]
    widths = _fitting([max(map(cell_len, it)) for it in zip(*cells, strict=True)], room)
    hidden = len(cells[0]) - len(widths)
    columns = [
        aligned(cells_of, size, are_numbers(cells_of[bool(names) :]))
        for cells_of, size in zip(zip(*cells, strict=True), widths, strict=False)
    ]
    texts = ["  ".join(row) for row in zip(*columns, strict=True)]
    found: list[StyledLine] = []
    if names:
        more = f"  … {tr('{count} more', count=hidden)}" if hidden else ""
        found.append([(texts.pop(0), "dim"), (more, "dim")])
    for index, text in enumerate(texts):
        row: StyledLine = [(text + "  …" * bool(hidden), "plain")]
        if right:
            row += [(arrow, "dim"), (right[index], "strong")]
        found.append(row)
    return boxed(found, width, height)


def _fitting(widths: list[int], room: int) -> list[int]:
    """The widths of the first columns that fit, beside an ellipsis where not all do."""
    if sum(widths) + GAP * (len(widths) - 1) <= room:
        return widths
    kept = len(widths) - 1
    while kept > 1 and sum(widths[:kept]) + GAP * kept + 1 > room:
        kept -= 1
    return widths[:kept]


def _cut(text: str, most: int) -> str:
    """`text` on one line, in at most so many cells."""
    line = printable(text)
    most = max(most, 1)
    return line if cell_len(line) <= most else set_cell_size(line, most - 1).rstrip() + "…"
