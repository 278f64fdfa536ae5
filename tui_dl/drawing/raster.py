"""Which braille dots plotext sets for a line, so that two lines in one cell can be told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

Dot = tuple[int, int]  # column and row of dots, from the lower left corner
Cells = dict[Dot, set[Dot]]  # dots by the cell that they are in
ACROSS, UP = 2, 4  # dots of a cell
SHARED = "shared"  # the style of cells that two lines go through


def dots_of(line: list[Dot]) -> Iterator[Dot]:
    """The dots on the way from each of a line's corners to the next, as plotext goes."""
    for (x, y), (end, top) in pairwise(line):
        steps = max(abs(end - x), abs(top - y))
        right, up = ((end - x) / steps, (top - y) / steps) if steps else (0.0, 0.0)
        yield from ((int(x + at * right), int(y + at * up)) for at in range(steps))
    yield from line[-1:]


def cells_of(line: list[Dot]) -> Cells:
    """The dots of a line, by cell."""
    cells: Cells = {}
    for x, y in dots_of(line):
        cells.setdefault((x // ACROSS, y // UP), set()).add((x, y))
    return cells


def shared(lines: list[list[Dot]]) -> Cells:
    """The cells that more than one line goes through, with the dots of all of these lines."""
    found: Cells = {}
    seen: Cells = {}
    for cells in map(cells_of, lines):
        for cell, dots in cells.items():
            if cell in seen:
                found[cell] = seen[cell] | dots
            seen[cell] = seen.get(cell, set()) | dots
    return found
