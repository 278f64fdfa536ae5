"""Charts to be drawn, and what a drawn one says."""

from __future__ import annotations

from tui_dl.drawing.styled_text import StyledLine, by_cell
from tui_dl.drawing.y_axis import AXIS_WIDTH


def plain(rows: list[StyledLine]) -> list[str]:
    """The rows without styles."""
    return ["".join(text for text, _ in row) for row in rows]


def canvas(rows: list[StyledLine]) -> list[list[tuple[str, str]]]:
    """The cells of the curves, row by row: without the axes."""
    return [by_cell(row)[AXIS_WIDTH:] for row in rows[:-1]]


def dots(cell: str) -> list[tuple[int, int]]:
    """The dots of a braille letter: columns from the left, rows from the bottom."""
    if not "⠀" <= cell <= "⣿":
        return []
    bits = ord(cell) - 0x2800
    places = [(0, 3), (0, 2), (0, 1), (1, 3), (1, 2), (1, 1), (0, 0), (1, 0)]
    return [place for bit, place in enumerate(places) if bits >> bit & 1]
