"""Bars of one figure by layer, in the colours of its heat map."""

from __future__ import annotations

from math import isnan

import numpy as np
from rich.cells import cell_len

from tui_dl.drawing.colour_levels import level, line_levels
from tui_dl.drawing.colours import Look
from tui_dl.drawing.layer_names import fitted
from tui_dl.drawing.layer_scale import MEANINGS, Scale, faults, scale_of, threshold
from tui_dl.drawing.styled_text import StyledLine, boxed, column
from tui_dl.runs.layer_figure import LayerFigure, evenly
from tui_dl.support.formatting import CELLS

MOST_ROWS = 3  # of a layer, where there is room
LEAST_BAR = 4
FILLED, HALF, TRACK, LIMIT = "━", "╸", "─", "┊"
ASCII = {FILLED: "=", HALF: "-", TRACK: ".", LIMIT: "|"}


def layer_bars(figure: LayerFigure, width: int, height: int, look: Look) -> list[StyledLine]:
    """A bar for each layer, from the input down, all on one scale, which stands below them."""
    rows_left = height - 1
    shown = evenly(len(figure.layers), rows_left)
    names = fitted(figure.layers, max(width // 3, 1))
    longest = max(cell_len(names[number]) for number in shown)
    room = max(width - longest - CELLS - 2, LEAST_BAR)
    scale, now = scale_of(figure), np.array(figure.now, np.float64)
    places, beyond = scale.places(now).tolist(), faults(figure, now).tolist()
    limit = limit_cell(figure, scale, room)
    rows: list[StyledLine] = []
    for number in shown:
        said = MEANINGS[figure.kind].say(figure.now[number])
        rows.append(
            [
                (column(names[number], longest + 1), "plain"),
                *bar(places[number], room, look, limit),
                (f" {said:>{CELLS}}", "warn" if beyond[number] else "strong"),
            ]
        )
        rows += [[]] * (rows_per_layer(rows_left, len(shown)) - 1)
    rows.append([(" " * (longest + 1), "plain"), (scale_row(scale, room), "axis")])
    return boxed(rows, width, height)


def rows_per_layer(room: int, layers: int) -> int:
    """How many rows each of the layers may have."""
    return max(1, min(MOST_ROWS, room // max(layers, 1)))


def limit_cell(figure: LayerFigure, scale: Scale, width: int) -> int | None:
    """The cell of a bar in which the threshold is, or None."""
    limit = threshold(figure)
    if not limit:
        return None
    return min(int(float(scale.places(np.array([limit]))[0]) * width), width - 1)


def bar(place: float, width: int, look: Look, limit: int | None = None) -> StyledLine:
    """A bar of half-cell steps, as long as `place`, from 0 to 1; NaN is a figure not finite.

    Where it ends before the cell `limit`, the threshold is drawn there.
    """
    if isnan(place):
        return [(("x" if look.ascii else "×") * width, "bad")]
    halves = round(place * width * 2)
    text = FILLED * (halves // 2) + HALF * (halves % 2)
    track = TRACK * (width - len(text))
    style = _style(place, look)
    row: StyledLine = [(text, style)] if text else []
    if limit is not None and limit >= len(text):
        before = limit - len(text)
        row += [(track[:before], "faint"), (LIMIT, "warn"), (track[before + 1 :], "faint")]
    else:
        row.append((track, "faint"))
    if look.ascii:
        row = [("".join(ASCII[cell] for cell in text), style) for text, style in row]
    return [piece for piece in row if piece[0]]


def _style(place: float, look: Look) -> str:
    """The colour of a figure in the heat map, or one like it that is seen on a thin line."""
    colours = line_levels(look)
    return colours[int(level(np.array([place]), look)[0])] if colours else "train"


def scale_row(scale: Scale, width: int) -> str:
    """What the bars' lowest, middle and highest places stand for."""
    left, right = scale.labels
    text = left + " " * max(1, width - len(left) - len(right)) + right
    half = (scale.low + scale.high) / 2
    middle = f"1e{int(half)}" if scale.log else f"{half:.0%}"
    if scale.log:
        half = float(int(half))
    at = round((half - scale.low) / (scale.high - scale.low) * width) - len(middle) // 2
    if at > len(left) and at + len(middle) < width - len(right):
        text = text[:at] + middle + text[at + len(middle) :]
    return text
