"""Heat maps of several figures of layers, one below the other, as many as can be read."""

from __future__ import annotations

from collections.abc import Sequence

from tui_dl.drawing.colours import Look
from tui_dl.drawing.layer_map import FOOT, MOST_ROWS, layer_map
from tui_dl.drawing.layer_scale import MEANINGS
from tui_dl.drawing.styled_text import StyledLine, fitted
from tui_dl.drawing.x_axis import XAxis
from tui_dl.runs.layer_figure import LayerFigure
from tui_dl.support.translations import tr


def fitting(figures: Sequence[LayerFigure], height: int) -> Sequence[LayerFigure]:
    """The first of the figures, as many as have room in `height` rows; one at least."""
    counts = range(len(figures), 1, -1)
    return figures[: next((it for it in counts if _rows(figures[:it]) <= height), 1)]


def most_rows(figures: Sequence[LayerFigure]) -> int:
    """Rows that all figures take where there is room."""
    return _rows(figures, MOST_ROWS, gap=1)


def layer_maps(
    figures: Sequence[LayerFigure],
    axis: XAxis,
    width: int,
    height: int,
    look: Look,
    cursor: str | None = None,
) -> list[StyledLine]:
    """Draw the figures that are `fitting`; all but the first have a title, with what is read off.

    A layer has more rows than one where that leaves out no figure.

    Args:
        figures: one at least.
        axis: time from left to right.
        width: columns.
        height: rows.
        look: what the terminal can show.
        cursor: the name of the layer that is read off.
    """
    shown = fitting(figures, height)
    gap = int(_rows(shown, gap=1) <= height)
    each = max(it for it in range(1, MOST_ROWS + 1) if it == 1 or _rows(shown, it, gap) <= height)
    rows: list[StyledLine] = []
    for it in shown:
        room = height if len(shown) == 1 else each * len(it.layers) + FOOT
        at = it.layers.index(cursor) if cursor in it.layers else None
        drawn = layer_map(it, axis, width, room, look, at)
        if rows:
            title: StyledLine = [(f"{tr(MEANINGS[it.kind].title)} ", "strong"), *drawn.pop()]
            rows += [*[[]] * gap, fitted(title, width)]
        rows += drawn
    return rows


def _rows(figures: Sequence[LayerFigure], each: int = 1, gap: int = 0) -> int:
    """Rows that maps take with so many rows a layer, and so many blank ones between two maps."""
    return sum(each * len(it.layers) + FOOT + gap for it in figures) - gap
