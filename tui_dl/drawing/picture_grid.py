"""Pictures side by side and one under another, as many as fit, each under a heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from tui_dl.drawing.picture import Size
from tui_dl.drawing.styled_text import StyledLine, boxed, length

GAP = 2  # columns between two pictures
HEADING = 1  # rows above a picture
BELOW = 1  # blank rows under each picture but the last


class Grid(NamedTuple):
    """How pictures are arranged.

    Attributes:
        columns: how many stand side by side.
        rows: how many one under another.
        tile: columns and rows of the terminal for each picture, without its heading.
    """

    columns: int
    rows: int
    tile: Size

    @property
    def room(self) -> int:
        """How many pictures there are on one page."""
        return self.columns * self.rows


def arrange(count: int, least: Size, width: int, height: int) -> Grid:
    """The grid for `count` pictures in `width` x `height` cells.

    Each has at least the size `least`, so some may be left for another page; but one is always
    there. Of the grids in which all fit, or the most, it is the one with the largest pictures,
    measured by `least`.
    """
    most_columns = (width + GAP) // (least[0] + GAP)
    most_rows = (height + BELOW) // (HEADING + least[1] + BELOW)
    if not most_columns or not most_rows:
        return _grid(1, 1, width, height)
    shown = min(max(count, 1), most_columns * most_rows)
    grids = [
        _grid(columns, ceil(shown / columns), width, height)
        for columns in range(1, most_columns + 1)
        if ceil(shown / columns) <= most_rows
    ]
    return max(grids, key=lambda it: min(it.tile[0] / least[0], it.tile[1] / least[1]))


def _grid(columns: int, rows: int, width: int, height: int) -> Grid:
    across = (width + GAP) // columns - GAP
    down = (height + BELOW) // rows - BELOW - HEADING
    return Grid(columns, rows, (max(across, 1), max(down, 1)))


def tiled(blocks: Sequence[list[StyledLine]], grid: Grid) -> list[StyledLine]:
    """Pictures with their headings, row by row of the grid."""
    width, height = grid.tile[0], grid.tile[1] + HEADING
    rows: list[StyledLine] = []
    for first in range(0, len(blocks), grid.columns):
        if rows:
            rows += [[] for _ in range(BELOW)]
        band = [boxed(it, width, height) for it in blocks[first : first + grid.columns]]
        rows += side_by_side(band, width, height)
    return rows


def side_by_side(band: Iterable[list[StyledLine]], width: int, height: int) -> list[StyledLine]:
    """Blocks of so many columns and rows beside one another."""
    blocks = list(band)
    rows: list[StyledLine] = []
    for y in range(height):
        row: StyledLine = []
        for block in blocks:
            line = block[y] if y < len(block) else []
            row += [*line, (" " * (width - length(line) + GAP), "plain")]
        rows.append(row[:-1])
    return rows
