"""The decision boundary of a classifier of two inputs, with points."""

from __future__ import annotations

from itertools import chain

from tui_dl.drawing.arrays import numbers
from tui_dl.drawing.colours import Look
from tui_dl.drawing.points import AXES, LEAST_SIZE, draw_points
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

__all__ = ["LEAST_SIZE", "ORDER", "TITLE", "draw"]

TITLE = "decision boundary and points"
ORDER = 4


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Points in the regions of the classes; the formula of the line where a layer draws it."""
    named = [printable(it) for it in artifact.labels.get("columns", [])]
    x, y, *_ = chain(named if len(named) == len(AXES) else [], AXES)
    formula = _formula(artifact, x, y)
    rows = draw_points(artifact, (x, y), width, height - len(formula), look)
    return [*rows, *formula]


def _formula(artifact: Artifact, x: str, y: str) -> list[StyledLine]:
    """The border that weights and bias give, solved for the second input."""
    if "line" not in artifact.arrays:
        return []
    line = numbers(artifact, "line", 1).tolist()
    if len(line) != 3 or not line[1]:
        return []
    slope, shift = -line[0] / line[1], -line[2] / line[1]
    sign = "-" if shift < 0 else "+"
    text = f"{tr('border')}: {y} = {slope:.3g} {x} {sign} {abs(shift):.3g}"
    return [[(text, "strong")]]
