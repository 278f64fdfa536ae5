"""The heat map of layers with all that is needed to read it: names, axis, scale, present values."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_dl.drawing.colour_levels import level_count
from tui_dl.drawing.colours import Look
from tui_dl.drawing.heat_map import hatch, heat_map, joined, step
from tui_dl.drawing.layer_names import fitted, paired
from tui_dl.drawing.layer_readout import CURSOR, readout
from tui_dl.drawing.layer_scale import MEANINGS, Scale, faults, scale_of, threshold
from tui_dl.drawing.styled_text import StyledLine, boxed, column, length
from tui_dl.drawing.x_axis import XAxis
from tui_dl.runs.layer_figure import LayerFigure, evenly
from tui_dl.support.formatting import CELLS
from tui_dl.support.translations import tr

FOOT = 3  # rows below the map: its axis, its scale and what is read off
MOST_ROWS = 4  # of one layer
LEAST_COLUMNS = 16  # of the map, or the values beside it are left out
LEAST_SCALE, MOST_SCALE = 6, 32  # cells of the scale


class Layout(NamedTuple):
    """What of a map fits.

    Attributes:
        shown: the numbers of the layers that have a row, or half of one.
        halved: whether two share a row.
        each: rows of a layer, where it has its own.
        labels: the names before each row.
        columns: of the map.
        values: whether the present values stand beside it.
    """

    shown: list[int]
    halved: bool
    each: int
    labels: list[str]
    columns: int
    values: bool

    @property
    def margin(self) -> int:
        """Columns before the map: of the cursor, the names and a gap."""
        return max(map(cell_len, self.labels)) + 2


def layout(figure: LayerFigure, width: int, height: int, look: Look, cursor: int | None) -> Layout:
    """Share `width` x `height` cells; the layer at the `cursor` always has a row."""
    room, count = max(height - FOOT, 1), len(figure.layers)
    halved = count > room and look.has_pixels
    shown = _shown(count, room * (1 + halved), cursor)
    most = max(width // 4, 1)
    names = [fitted(figure.layers, most)[number] for number in shown]
    if halved:
        pairs = zip(names[::2], names[1::2], strict=False)
        labels = [paired(*pair) for pair in pairs] + names[len(names) // 2 * 2 :]
        labels = fitted(labels, width // 3)
    else:
        labels = names
    plan = Layout(shown, halved, 1, labels, 1, values=False)
    left = width - plan.margin - 1  # of the playhead
    beside = left - (CELLS + 1) * (1 + halved)
    if beside >= LEAST_COLUMNS:
        plan = plan._replace(values=True)
    return plan._replace(
        columns=max(beside if plan.values else left, 1),
        each=1 if halved else max(min(MOST_ROWS, room // len(shown)), 1),
    )


def layer_map(
    figure: LayerFigure,
    axis: XAxis,
    width: int,
    height: int,
    look: Look,
    cursor: int | None = None,
) -> list[StyledLine]:
    """Draw the map into `width` x `height` cells.

    Args:
        figure: of at least one layer and one part of the past.
        axis: time from left to right.
        width: columns.
        height: rows.
        look: what the terminal can show.
        cursor: the number of the layer that is read off.
    """
    plan = layout(figure, width, height, look, cursor)
    drawn = heat_map(figure, plan.shown, axis, plan.columns, look, plan.halved)
    rows: list[StyledLine] = []
    for number, (label, cells) in enumerate(zip(plan.labels, drawn, strict=True)):
        layers = plan.shown[number * (1 + plan.halved) :][: 1 + plan.halved]
        chosen = cursor in layers
        head = column(f"{CURSOR if chosen else ' '}{label}", plan.margin)
        beside = _values(figure, layers) if plan.values else []
        rows.append([(head, "strong" if chosen else "plain"), *cells, *beside])
        rows += [[(" " * plan.margin, "plain"), *cells]] * (plan.each - 1)
    rows.append(_axis(axis, plan))
    rows.append(_scale(figure, scale_of(figure), plan.margin, width, look))
    rows.append(readout(figure, cursor))
    return boxed(rows, width, height)


def _shown(count: int, most: int, cursor: int | None) -> list[int]:
    """The layers that are shown, evenly spaced, among them that at the cursor."""
    shown = evenly(count, most)
    if cursor is not None and cursor < count and cursor not in shown:
        inner = range(1, len(shown) - 1) or range(len(shown))
        shown[min(inner, key=lambda place: abs(shown[place] - cursor))] = cursor
    return sorted(shown)


def _values(figure: LayerFigure, layers: list[int]) -> StyledLine:
    """The present values of a row's layers."""
    beyond = faults(figure, np.array(figure.now, np.float64)).tolist()
    say = MEANINGS[figure.kind].say
    return [
        (f" {say(figure.now[number]):>{CELLS}}", "warn" if beyond[number] else "strong")
        for number in layers
    ]


def _axis(axis: XAxis, plan: Layout) -> StyledLine:
    """Epochs, steps or times under the map."""
    cells, free = [" "] * plan.columns, 0
    for at, label in axis.ticks(plan.columns):
        first = min(max(at - len(label) // 2, 0), plan.columns - len(label))
        if first >= free:
            cells[first : first + len(label)] = label
            free = first + len(label) + 1
    unit = set_cell_size(f" {tr(axis.unit)}", plan.margin)
    return [(unit, "dim"), ("".join(cells), "axis")]


def _scale(figure: LayerFigure, scale: Scale, margin: int, width: int, look: Look) -> StyledLine:
    """The colours from low to high, hatched where a figure is a fault, and what they stand for."""
    meaning, limit = MEANINGS[figure.kind], threshold(figure)
    low, high = scale.labels
    start: StyledLine = [(f"{low:>{margin - 1}} ", "axis")]
    end: StyledLine = [(f" {high} {tr(meaning.unit)}", "axis")]
    below = figure.kind == "gradient"
    if limit:
        says = tr("{fault}: below {limit}" if below else "{fault}: from {limit}")
        words = says.format(fault=tr(meaning.fault), limit=meaning.say(limit))
        more: StyledLine = [(f"  {hatch(look)} ", "warn"), (words, "dim")]
        if width - margin - length(end + more) >= LEAST_SCALE:
            end += more
    count = max(min(MOST_SCALE, width - margin - length(end)), LEAST_SCALE)
    at = float(scale.places(np.array([limit]))[0]) * count
    ramp = [
        step(number * level_count(look) // count, bool(limit) and (number < at) == below, look)
        for number in range(count)
    ]
    return [*start, *joined(ramp), *end]
