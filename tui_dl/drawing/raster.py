"""Lines as braille: the dots on their way, the cells they are in, and the sign of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

Dot = tuple[int, int]  # column and row of dots, from the lower left corner
Cells = dict[Dot, int]  # the bits of a cell's dots, by its column and row
ACROSS, UP = 2, 4  # dots of a cell
EMPTY = 0x2800  # braille without dots
BITS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))  # of a column's dots, from the bottom
SHARED = "shared"  # the style of cells that two lines go through


def dots_of(line: list[Dot]) -> Iterator[Dot]:
    """The dots on the way from each of a line's corners to the next."""
    for (x, y), (end, top) in pairwise(line):
        steps = max(abs(end - x), abs(top - y))
        right, up = ((end - x) / steps, (top - y) / steps) if steps else (0.0, 0.0)
        yield from ((int(x + at * right), int(y + at * up)) for at in range(steps))
    yield from line[-1:]


def cells_of(line: list[Dot]) -> Cells:
    """The dots of a line, by cell."""
    cells: Cells = {}
    for x, y in dots_of(line):
        cell = x // ACROSS, y // UP
        cells[cell] = cells.get(cell, 0) | BITS[x % ACROSS][y % UP]
    return cells


def braille(dots: int) -> str:
    """The sign of a cell with these dots."""
    return chr(EMPTY | dots)


def shared(lines: Iterable[Cells]) -> Cells:
    """The cells that more than one line goes through, with the dots of all of these lines."""
    found: Cells = {}
    seen: Cells = {}
    for cells in lines:
        for cell, dots in cells.items():
            if cell in seen:
                found[cell] = seen[cell] | dots
            seen[cell] = seen.get(cell, 0) | dots
    return found
