"""plotext's drawing of some curves, as rows of inked text."""

from __future__ import annotations

import re
from math import floor, log10

import plotext

from tui_dl.ui.picture import Picture
from tui_dl.ui.rows import INKS, Row
from tui_dl.ui.snapshot import Points
from tui_dl.ui.ticks import decades, epoch_ticks, tick_labels, ticks

LABEL_WIDTH = 6  # the same for all charts, so that their time axes stand under each other
DOT = "•"
ROWS_A_TICK = 4
COLUMNS_A_TICK = 10
_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
_CODES = {ink: 16 + index for index, ink in enumerate(INKS)}  # a colour stands for an ink
_INKS = {f"38;5;{code}": ink for ink, code in _CODES.items()}


def plot(picture: Picture, width: int, height: int) -> list[Row]:
    """Draw `picture` into `width` x `height` cells; plotext has one figure, so one thread only."""
    rows, columns = height - 1, width - LABEL_WIDTH - 1
    curves = [_logarithms(line.points) if picture.log else line.points for line in picture.lines]
    y_values = [y for _, ys in curves for y in ys]
    if picture.percent:
        y_ticks = ticks(min(y_values), 1.0, rows // ROWS_A_TICK + 2)
    elif picture.log:
        y_ticks = decades(min(y_values), max(y_values))
    else:
        y_ticks = ticks(0.0, max(y_values), rows // ROWS_A_TICK + 2)
    x_ticks = epoch_ticks(picture.x_limit, columns // COLUMNS_A_TICK + 1)

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    for paint in (plotext.canvas_color, plotext.axes_color):
        paint("default")
    plotext.ticks_color(_CODES["axis"])
    plotext.xaxes(False, False)
    plotext.yaxes(True, False)
    plotext.xlim(0, picture.x_limit)
    plotext.ylim(y_ticks[0], y_ticks[-1])
    plotext.xticks(x_ticks, [f"{tick:g}" for tick in x_ticks])
    if picture.log:
        labels = [f"{10**power:g}" for power in y_ticks]
    else:
        labels = tick_labels(y_ticks, picture.percent)
    plotext.yticks(y_ticks, [f"{label:>{LABEL_WIDTH - 1}} " for label in labels])
    at = [_in_cell(mark.epoch, 0, picture.x_limit, columns, 2) for mark in picture.marks]
    for x, mark in zip(at, picture.marks, strict=True):
        plotext.vline(x, _CODES[mark.ink])
    for line, (xs, ys) in zip(picture.lines, curves, strict=True):
        plotext.plot(xs, ys, marker="braille", color=_CODES[line.ink])
    for line, (xs, ys) in zip(picture.lines, curves, strict=True):
        if line.dots:  # over all lines, so that a curve under another one is still seen
            xs = [_in_cell(x, 0, picture.x_limit, columns, 2) for x in xs]
            ys = [_in_cell(y, y_ticks[0], y_ticks[-1], rows, 4) for y in ys]
            plotext.scatter(xs, ys, marker=DOT, color=_CODES[line.ink])
    row_height = (y_ticks[-1] - y_ticks[0]) / max(rows - 1, 1)
    for index, mark in enumerate(picture.marks):
        left = mark.epoch < picture.x_limit / 2
        text = f"│{mark.word}" if left else f"{mark.word}│"
        side = "left" if left else "right"
        y = y_ticks[0] + index * row_height if picture.percent else y_ticks[-1] - index * row_height
        plotext.text(text, at[index], y, color=_CODES[mark.ink], alignment=side)
    return [_row(line) for line in plotext.build().splitlines()[:height]]


def _logarithms(points: Points) -> Points:
    """log10 of the values; what is not positive has none and is left out."""
    kept = [(x, log10(y)) for x, y in zip(*points, strict=True) if y > 0]
    return [x for x, _ in kept], [y for _, y in kept]


def _in_cell(value: float, low: float, high: float, cells: int, dots: int) -> float:
    """`value` moved to the middle of the cell in which plotext puts its braille dot."""
    dot = floor(0.5 + (value - low) / (high - low) * (cells * dots - 1))
    return low + (dot // dots) / max(cells - 1, 1) * (high - low)


def _row(ansi: str) -> Row:
    """One line of plotext's output, as inked text."""
    row: Row = []
    ink = "plain"
    for index, part in enumerate(_COLOUR.split(ansi)):
        if index % 2:
            ink = _INKS.get(part, "plain")
        elif part:
            row.append((part, ink))
    return row
