"""Vertical lines on a chart: marks with their words, the playhead's column, the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui_dl.drawing.chart_spec import Mark
from tui_dl.drawing.styled_text import StyledLine, StyledText, by_cell, joined, length

MARK = "│"
CURSOR, PLAYHEAD = "╎", "┊"
ABOVE, BELOW = "▲", "▼"  # where a value is beyond the vertical axis
WORDS = 16  # of the most important marks
GAPS = 2, 3, 4  # columns from an arrow to what is said of it
APART = 2  # columns between two lines: else they cannot be told apart
Row = list[StyledText]  # one cell an item
Cell = tuple[int, int]  # row and column


class Note(NamedTuple):
    """What is said beside the arrow in a cell of the plot."""

    row: int
    column: int
    says: str


def draw_marks(
    plot: list[Row],
    marks: Sequence[tuple[int, Mark]],
    notes: Iterable[Note] = (),
    upwards: bool = False,
) -> None:
    """Draw marks on the rows of a plot, of which each has its column; the most important last.

    Lines pass behind the curves. Of lines side by side only the most important one is drawn. A
    word stands on the first row, from the top or the bottom up, where it covers least; notes come
    before words.
    """
    lines: set[int] = set()
    for x, mark in reversed(marks):
        if all(abs(x - other) >= APART for other in lines):
            lines.add(x)
            draw_line(plot, x, MARK, mark.style)
    taken: set[Cell] = set()
    for note in notes:
        word = by_cell([(note.says, "warn")])
        first, last = _arrows_around(plot[note.row], note.column)
        sides = ((last + gap, first + 1 - gap - len(word)) for gap in GAPS)
        _write(plot, word, [(note.row, at) for side in sides for at in side], taken)
    order = range(len(plot) - 1, -1, -1) if upwards else range(len(plot))
    for x, mark in reversed(marks[-WORDS:]):
        if mark.word:
            word = by_cell([(mark.word, mark.style)])
            spots = [(y, start) for y in order for start in (x + 1, x - len(word))]
            _write(plot, word, spots, taken)


def draw_line(plot: list[Row], x: int, glyph: str, style: str) -> None:
    """Draw a vertical line where nothing else is."""
    for row in plot:
        if x < len(row) and row[x][0] == " ":
            row[x] = (glyph, style)


def with_glyph(row: StyledLine, x: int, glyph: str, style: str) -> StyledLine:
    """A row of cells with a sign in the column `x`, where nothing else is."""
    for place, piece in enumerate(row):
        if x >= (size := length([piece])):
            x -= size
            continue
        cells = by_cell([piece])
        around = [text for text, _ in cells[max(x - 1, 0) : x + 2]]
        if cells[x][0] != " " or sum(map(str.isalnum, around)) == 2:  # between two words
            return row
        cells[x] = glyph, style
        return [*row[:place], *joined(cells), *row[place + 1 :]]
    return row


def _arrows_around(row: Row, x: int) -> tuple[int, int]:
    """The first and the last column of the arrows side by side of which one is in column `x`."""
    first = last = x
    while first > 0 and row[first - 1][0] in (ABOVE, BELOW):
        first -= 1
    while last + 1 < len(row) and row[last + 1][0] in (ABOVE, BELOW):
        last += 1
    return first, last


def _write(plot: list[Row], word: Row, spots: Iterable[Cell], taken: set[Cell]) -> None:
    """Write a word at the one of the `spots`, its first cell, where it covers and touches least.

    Not over a curve, nor over the cells `taken` by other words, nor next to them or to an arrow:
    where nothing else is left, it is left out.
    """
    length = len(word)

    def covered(spot: Cell) -> str:
        y, start = spot
        return "".join(text for text, _ in plot[y][start : start + length]).replace(" ", "")

    def touched(spot: Cell) -> set[str]:
        y, start = spot
        return {text for text, _ in plot[y][max(start - 1, 0) : start + length + 1]}

    free = [
        (y, start)
        for y, start in spots
        if 0 <= start <= len(plot[0]) - length
        and taken.isdisjoint((y, cell) for cell in range(start - 1, start + length + 1))
        and set(covered((y, start))) <= {MARK}
        and touched((y, start)).isdisjoint({ABOVE, BELOW})
    ]
    if free:
        sticks = {spot: bool(touched(spot) - {" ", MARK}) for spot in free}
        y, start = min(free, key=lambda spot: (len(covered(spot)), sticks[spot]))
        taken.update((y, cell) for cell in range(start, start + length))
        plot[y][start : start + length] = word
