"""Curves drawn by plotext, as rows of styled text."""

from __future__ import annotations

import re
from itertools import groupby
from math import ceil, floor, isfinite, log10

import plotext

from tui_dl.drawing.chart_spec import ChartSpec, Mark
from tui_dl.drawing.styled_text import STYLES, StyledLine
from tui_dl.drawing.ticks import decade_labels, decades, epoch_ticks, tick_labels, ticks
from tui_dl.drawing.value_range import span
from tui_dl.runs.view import Points

LABEL_WIDTH = 6  # the same for all charts, so that their time axes stand under each other
COLUMNS_A_DOT = 2  # at least, or else they hide the lines
ROWS_A_TICK = 4
COLUMNS_A_TICK = 10
MARK = "│"  # what plotext draws a vertical line of
UP, DOWN = "▲", "▼"  # where a value is beyond the axis
WORDS = 16  # of the most important marks
Cell = tuple[int, int]  # row and column
_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
_CODES = {style: 16 + index for index, style in enumerate(STYLES)}  # a colour stands for a style
_STYLES_BY_CODE = {f"38;5;{code}": style for style, code in _CODES.items()}


def plot(chart: ChartSpec, width: int, height: int) -> list[StyledLine]:
    """Draw `chart` into `width` x `height` cells; plotext has one figure, so one thread only.

    plotext walks from point to point dot by dot, also outside of its canvas: it is given nothing
    that lies there. What is beyond the axis stands at its edge, with an arrow.
    """
    rows, columns = height - 1, width - LABEL_WIDTH - 1
    curves = [_drawable(line.points, chart) for line in chart.lines]
    y_ticks, y_labels = _y_axis(chart, [y for _, ys in curves for y in ys], rows)
    low, high = _centred(y_ticks[0], y_ticks[-1], rows)
    epochs = epoch_ticks(chart.x_limit, columns // COLUMNS_A_TICK + 1)
    x_ticks = chart.x_ticks or [(epoch, f"{epoch:g}") for epoch in epochs]

    def column(epoch: float) -> float:
        return _in_cell(epoch, 0, chart.x_limit, columns, 2)

    def row(value: float) -> float:
        return _in_cell(value, low, high, rows, 4)

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    for set_lines in (plotext.canvas_color, plotext.axes_color):
        set_lines("default")
    plotext.ticks_color(_CODES["axis"])
    plotext.xaxes(False, False)
    plotext.yaxes(True, False)
    plotext.xlim(0, chart.x_limit)
    plotext.ylim(low, high)
    plotext.xticks([column(at) for at, _ in x_ticks], [label for _, label in x_ticks])
    plotext.yticks([*map(row, y_ticks)], [f"{label:>{LABEL_WIDTH - 1}} " for label in y_labels])
    marks = [mark for mark in chart.marks if 0 <= mark.epoch <= chart.x_limit]
    for x, style in {column(mark.epoch): mark.style for mark in marks}.items():
        plotext.vline(x, _CODES[style])
    inside = [([*xs], [min(max(y, y_ticks[0]), y_ticks[-1]) for y in ys]) for xs, ys in curves]
    for line, (xs, ys) in zip(chart.lines, inside, strict=True):
        plotext.plot(xs, ys, marker="braille", color=_CODES[line.style])
    for line, (xs, ys) in zip(chart.lines, inside, strict=True):
        if line.dot:  # over all lines, so that a curve under another one is still seen
            every = max(1, ceil(len(xs) * COLUMNS_A_DOT / columns))
            xs, ys = [*map(column, xs[::every])], [*map(row, ys[::every])]
            plotext.scatter(xs, ys, marker=line.dot, color=_CODES[line.style])
    for arrow, edge, sign in ((UP, y_ticks[-1], 1), (DOWN, y_ticks[0], -1)):
        beyond = [
            x for xs, ys in curves for x, y in zip(xs, ys, strict=True) if sign * (y - edge) > 0
        ]
        if beyond:
            at = [row(edge)] * len(beyond)
            plotext.scatter([*map(column, beyond)], at, marker=arrow, color=_CODES["warn"])
    drawing = [_row(line) for line in plotext.build().splitlines()[:height]]
    taken: set[Cell] = set()
    for mark in reversed(marks[-WORDS:]):
        x = LABEL_WIDTH + 1 + round(column(mark.epoch) / chart.x_limit * (columns - 1))
        order = range(rows - 1, -1, -1) if chart.percent else range(rows)
        _write(drawing, mark, x, order, taken)
    return drawing


def _drawable(points: Points, chart: ChartSpec) -> Points:
    """The points that lie on the epoch axis and have a value, or its logarithm, to be drawn."""
    kept = [
        (x, log10(y) if chart.log else y)
        for x, y in zip(*points, strict=True)
        if 0 <= x <= chart.x_limit and isfinite(y) and (y > 0 or not chart.log)
    ]
    return [x for x, _ in kept], [y for _, y in kept]


def _y_axis(chart: ChartSpec, values: list[float], rows: int) -> tuple[list[float], list[str]]:
    """Where the labels of the vertical axis stand, and what they say."""
    low, high = span(values)
    if chart.log:
        powers = decades(low, high, rows // 2 + 1)
        return [float(power) for power in powers], decade_labels(powers)
    low, high = (min(max(low, 0.0), 1.0), 1.0) if chart.percent else (min(low, 0.0), max(high, 0.0))
    y_ticks = ticks(low, high, rows // ROWS_A_TICK + 2)
    return y_ticks, tick_labels(y_ticks, chart.percent)


def _centred(first: float, last: float, rows: int) -> tuple[float, float]:
    """Limits that put `first` and `last` in mid-row, as their labels are, not at the outer edge.

    A row is four dots high: its outermost dot is one and a half from its middle.
    """
    edge = 1.5 * (last - first) / (4 * max(rows - 1, 1))
    return first - edge, last + edge


def _write(drawing: list[StyledLine], mark: Mark, x: int, order: range, taken: set[Cell]) -> None:
    """Write the mark's word beside its line at `x`, on the first row where it covers least.

    Not over a curve, nor over the cells `taken` by other words, nor next to them: where nothing
    else is left, the line stands without it.
    """
    length = len(mark.word)
    width = sum(len(text) for text, _ in drawing[0])
    starts = [at for at in (x + 1, x - length) if LABEL_WIDTH < at <= width - length]
    rows = {y: [(cell, style) for text, style in drawing[y] for cell in text] for y in order}

    def covered(spot: Cell) -> str:
        y, start = spot
        return "".join(cell for cell, _ in rows[y][start : start + length]).replace(" ", "")

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
        rows[y][start : start + length] = [(cell, mark.style) for cell in mark.word]
        runs = groupby(rows[y], lambda cell: cell[1])
        drawing[y] = [("".join(cell for cell, _ in run), style) for style, run in runs]


def _in_cell(value: float, low: float, high: float, cells: int, dots: int) -> float:
    """`value` moved to the middle of the cell in which plotext puts its braille dot."""
    dot = floor(round(0.5 + (value - low) / (high - low) * (cells * dots - 1), 8))
    return low + (dot // dots) / max(cells - 1, 1) * (high - low)


def _row(ansi: str) -> StyledLine:
    """One line of plotext's output, as styled text."""
    row: StyledLine = []
    style = "plain"
    for index, part in enumerate(_COLOUR.split(ansi)):
        if index % 2:
            style = _STYLES_BY_CODE.get(part, "plain")
        elif part:
            row.append((part, style))
    return row
