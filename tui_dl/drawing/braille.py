"""Small curves inside a picture, as braille dots or as signs in ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_dl.drawing.colours import Look
from tui_dl.drawing.raster import ACROSS, SHARED, UP, Dot, braille, cells_of
from tui_dl.drawing.styled_text import StyledLine, column, joined


class Curve(NamedTuple):
    """Places from 0 to 1 to the right and upwards; what is beyond stands at the edge.

    Attributes:
        xs: where its corners are, from left to right.
        ys: likewise, from the bottom.
        style: of its cells.
        sign: what stands for it in ASCII.
    """

    xs: Sequence[float]
    ys: Sequence[float]
    style: str
    sign: str = "*"


def draw_curves(curves: Sequence[Curve], columns: int, rows: int, look: Look) -> list[StyledLine]:
    """Curves in `columns` x `rows` cells, later ones over earlier ones, first the highest row."""
    dots: dict[Dot, int] = {}
    styles: dict[Dot, str] = {}
    signs: dict[Dot, str] = {}
    for curve in curves:
        line = [
            (_place(x, ACROSS * columns), _place(y, UP * rows))
            for x, y in zip(curve.xs, curve.ys, strict=True)
            if x == x and y == y
        ]
        for cell, found in cells_of(line).items():
            styles[cell] = SHARED if cell in styles else curve.style
            signs[cell] = curve.sign
            dots[cell] = dots.get(cell, 0) | found
    drawn: list[StyledLine] = []
    for row in reversed(range(rows)):
        cells = [(at, row) for at in range(columns)]
        drawn.append(
            joined(
                (signs[it] if look.ascii else braille(dots[it]), styles[it])
                if it in dots
                else (" ", "plain")
                for it in cells
            )
        )
    return drawn


def labelled(rows: list[StyledLine], top: str, bottom: str, cells: int) -> list[StyledLine]:
    """Rows with the numbers of the first and of the last one at their left, in so many cells."""
    names = {len(rows) - 1: bottom, 0: top}
    return [
        [(column(f"{names.get(y, ''):>{cells - 1}}", cells), "axis"), *row]
        for y, row in enumerate(rows)
    ]


def _place(share: float, dots: int) -> int:
    return round(min(max(share, 0.0), 1.0) * (dots - 1))
