"""How large the loss's gradient is at each time step: a column a step, on a logarithmic scale."""

from __future__ import annotations

from math import ceil, floor, log10

import numpy as np
from rich.cells import set_cell_size

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.bars import UP
from tui_dl.drawing.colours import Look
from tui_dl.drawing.styled_text import StyledLine, centred
from tui_dl.drawing.ticks import LABEL, decade_labels
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "gradient by time step"
ORDER = 9
LEAST_SIZE = (36, 8)
WIDEST = 4  # cells of a time step
LEAST_DECADES, MOST_DECADES = 3, 24
ROWS_A_LABEL = 3
DECADES = (1, 2, 3, 5, 10)  # between two labels


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """Columns from the lowest decade that is shown; a norm below it, or none, has no column."""
    norms = numbers(artifact, "norm", 1)
    layer = printable(" ".join(artifact.labels.get("layers", [])))
    if not layer:
        raise UnreadableError("its layer has no name")
    rows, room = max(height - 2, 1), max(width - LABEL - 2, 1)
    steps = [it.max() for it in np.array_split(norms, min(room, len(norms)))]
    cells = max(min(room // len(steps), WIDEST), 1)
    bottom, top = _decades(norms)
    levels = [_level(float(it), bottom, top) * rows for it in steps]
    ends = {"first": short(float(norms[0])), "last": short(float(norms[-1]))}
    head = tr("first {first}, last {last}  of {layer}", layer=layer, **ends)
    found: list[StyledLine] = [[(head, "plain")]]
    labels = _labels(bottom, top, rows)
    for row in reversed(range(rows)):
        line = "".join(_cell(level - row, look) * cells for level in levels)
        found.append([(f"{labels.get(row, ''):>{LABEL}} │"[: LABEL + 2], "axis"), (line, "heat")])
    last = str(len(norms))
    between = max(len(steps) * cells - len(last) - 1, 1)
    middle = set_cell_size(centred(tr("time step"), between), between)
    found.append([(f"{'':{LABEL + 2}}1{middle}{last}", "axis")])
    return found[:height]


def _decades(norms: Numbers) -> tuple[int, int]:
    """The powers of ten at the bottom and at the top of the axis."""
    there = norms[norms > 0]
    if not there.size:
        return -LEAST_DECADES, 0
    top = ceil(log10(float(there.max())))
    bottom = floor(log10(float(there.min())))
    return min(max(bottom, top - MOST_DECADES), top - LEAST_DECADES), top


def _level(norm: float, bottom: int, top: int) -> float:
    """Which share of the axis a norm's column takes."""
    return max((log10(norm) - bottom) / (top - bottom), 0.0) if norm > 0 else 0.0


def _cell(level: float, look: Look) -> str:
    """The part of a column in one row, of which `level` rows are left."""
    level = min(max(level, 0.0), 1.0)
    if look.ascii:
        return "#" if level >= 0.5 else " "
    return UP[round(level * (len(UP) - 1))]


def _labels(bottom: int, top: int, rows: int) -> dict[int, str]:
    """What stands at rows, counted from the bottom: decades, evenly spaced."""
    decades = top - bottom
    apart = next((it for it in DECADES if it * rows / decades >= ROWS_A_LABEL), decades)
    powers = [*range(bottom, top + 1, apart)]
    places = [min(round((it - bottom) / decades * rows), rows - 1) for it in powers]
    return dict(zip(places, decade_labels(powers), strict=True))
