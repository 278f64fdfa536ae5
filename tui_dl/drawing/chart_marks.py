"""Vertical lines on a chart: marks with their words, the playhead's column, the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.drawing.chart_spec import Mark
from tui_dl.drawing.styled_text import StyledLine, StyledText, by_cell, joined, length

MARK = "│"
CURSOR, PLAYHEAD = "╎", "┊"
WORDS = 16  # of the most important marks
APART = 2  # columns between two lines: else they cannot be told apart
Row = list[StyledText]  # one cell an item
Cell = tuple[int, int]  # row and column


def draw_marks(plot: list[Row], marks: Sequence[tuple[int, Mark]], upwards: bool) -> None:
    """Draw marks on the rows of a plot, of which each has its column; the most important last.

    Lines pass behind the curves. Of lines side by side only the most important one is drawn. A
    word stands on the first row, from the top or the bottom up, where it covers least.
    """
    lines: set[int] = set()
    for x, mark in reversed(marks):
        if all(abs(x - other) >= APART for other in lines):
            lines.add(x)
            draw_line(plot, x, MARK, mark.style)
    order = range(len(plot) - 1, -1, -1) if upwards else range(len(plot))
    taken: set[Cell] = set()
    for x, mark in reversed(marks[-WORDS:]):
        if mark.word:
            _write(plot, mark, x, order, taken)


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
        if cells[x][0] != " ":
            return row
        cells[x] = glyph, style
        return [*row[:place], *joined(cells), *row[place + 1 :]]
    return row


def _write(plot: list[Row], mark: Mark, x: int, order: range, taken: set[Cell]) -> None:
    """Write the mark's word beside its column.

    Not over a curve, nor over the cells `taken` by other words, nor next to them: where nothing
    else is left, the line stands without it.
    """
    word = by_cell([(mark.word, mark.style)])
    length = len(word)
    starts = [at for at in (x + 1, x - length) if 0 <= at <= len(plot[0]) - length]

    def covered(spot: Cell) -> str:
        y, start = spot
        return "".join(text for text, _ in plot[y][start : start + length]).replace(" ", "")

    spots = [
        (y, start)
        for y in order
        for start in starts
        if taken.isdisjoint((y, cell) for cell in range(start - 1, start + length + 1))
        and set(covered((y, start))) <= {MARK}
    ]
    if spots:
        y, start = min(spots, key=lambda spot: len(covered(spot)))
        taken.update((y, cell) for cell in range(start, start + length))
        plot[y][start : start + length] = word
