"""Charts as rows of styled text: axes drawn by plotext, and the cells of curves between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import plotext
from rich.cells import cell_len

from tui_dl.drawing.chart_marks import (
    ABOVE,
    BELOW,
    CURSOR,
    PLAYHEAD,
    Note,
    Row,
    draw_marks,
    with_glyph,
)
from tui_dl.drawing.chart_spec import BLOCK, ChartSpec
from tui_dl.drawing.raster import (
    ACROSS,
    BITS,
    SHARED,
    UP,
    Cells,
    Dot,
    braille,
    cells_of,
    shared,
)
from tui_dl.drawing.styled_text import STYLES, StyledLine, by_cell, joined
from tui_dl.drawing.ticks import LABEL
from tui_dl.drawing.value_range import around, span
from tui_dl.drawing.visible import Visible, visible
from tui_dl.drawing.y_axis import AXIS_WIDTH, YAxis, linear_axis, log_axis
from tui_dl.support.formatting import percent, rate
from tui_dl.support.translations import tr

FILLER = "\ufffc"  # after a wide letter in what plotext draws: it counts letters, not cells
COLUMNS_A_DOT = 3  # at least, or else they hide the lines
_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
_CODES = {style: 16 + index for index, style in enumerate(STYLES)}  # a colour stands for a style
_STYLES_BY_CODE = {f"38;5;{code}": style for style, code in _CODES.items()}


def plot(chart: ChartSpec, width: int, height: int) -> list[StyledLine]:
    """Draw `chart` into `width` x `height` cells; plotext has one figure, so one thread only.

    What is beyond the vertical axis stands at its edge, with an arrow, and how far it goes.
    """
    columns, rows = width - AXIS_WIDTH, height - 1
    curves = [visible(line.points, chart.x.first, chart.x.last, chart.log) for line in chart.lines]
    y = _y_axis(chart, curves, rows)
    drawn = _axes(tuple(chart.x.ticks(columns)), y.labels, width, height)
    canvas = [row[AXIS_WIDTH:] for row in drawn[:rows]]
    notes = _draw_curves(canvas, chart, curves, y, columns)
    marks = [
        (chart.x.column(it.epoch, columns), it) for it in chart.marks if chart.x.shows(it.epoch)
    ]
    draw_marks(canvas, marks, notes, upwards=chart.percent)
    cells = [row[:AXIS_WIDTH] + inside for row, inside in zip(drawn, canvas, strict=False)]
    return [joined(row) for row in cells + drawn[rows:]]


@lru_cache(16)
def _axes(
    x_labels: tuple[tuple[int, str], ...],
    y_labels: tuple[tuple[int, str], ...],
    width: int,
    height: int,
) -> list[Row]:
    """A chart without curves, as plotext draws it; not to be changed, for it is kept.

    plotext walks over all cells in Python, so it is asked once for each pair of axes, and not for
    curves, whose cells are known.
    """
    y_labels = y_labels or ((0, ""),)
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    for set_colour in (plotext.canvas_color, plotext.axes_color):
        set_colour("default")
    plotext.ticks_color(_CODES["axis"])
    plotext.xaxes(False, False)
    plotext.yaxes(True, False)
    plotext.xlim(0, max(width - AXIS_WIDTH - 1, 1))  # plotext divides by it
    plotext.ylim(0, max(height - 2, 1))
    plotext.xticks([at for at, _ in x_labels], [_filled(it) for _, it in x_labels])
    plotext.yticks([at for at, _ in y_labels], [f"{label:>{LABEL}} " for _, label in y_labels])
    plotext.scatter([0], [0], marker=" ", color=_CODES["plain"])  # no axis without a curve
    drawn = plotext.build().replace(FILLER, "")
    return [by_cell(_row(line)) for line in drawn.splitlines()[:height]]


def _filled(label: str) -> str:
    """A label with as many letters as it has cells."""
    return "".join(it + FILLER * (cell_len(it) - 1) for it in label)


def with_moments(drawn: list[StyledLine], chart: ChartSpec, width: int) -> list[StyledLine]:
    """The rows of a drawn chart with lines at its playhead and its cursor, where it has them."""
    moments = ((chart.cursor, CURSOR, "strong"), (chart.playhead, PLAYHEAD, "dim"))
    if chart.cursor is chart.playhead is None:
        return drawn
    for epoch, glyph, style in moments:
        if epoch is not None and chart.x.shows(epoch):
            x = AXIS_WIDTH + chart.x.column(epoch, width - AXIS_WIDTH)
            drawn = [*(with_glyph(row, x, glyph, style) for row in drawn[:-1]), drawn[-1]]
    return drawn


def _y_axis(chart: ChartSpec, curves: list[Visible], rows: int) -> YAxis:
    """The vertical axis: of what is visible."""
    low, high = span((it.path[1] for it in curves), chart.outliers, chart.far_lines or chart.log)
    if all(len(it.path[1]) < 2 for it in curves):  # nothing has moved yet
        low, high = around(low, high, chart.log)
    if chart.log:
        return log_axis(low, high, rows)
    return linear_axis(low, high, rows, chart.percent)


def _draw_curves(
    canvas: list[Row], chart: ChartSpec, curves: list[Visible], y: YAxis, columns: int
) -> list[Note]:
    """Draw the lines: later ones over earlier ones, then what they share, then dots.

    Returns how far they go beyond the vertical axis, where they do.
    """
    top = UP * y.rows - 1
    corners: list[list[Dot]] = []
    above: dict[int, float] = {}  # by column, the furthest value beyond the axis
    below: dict[int, float] = {}
    for curve in curves:
        xs = chart.x.dots(curve.path[0], columns)
        ys = y.dots(curve.path[1])
        for x, at, value in zip(xs, ys, curve.path[1], strict=True):
            cell = x // ACROSS
            if at > top:
                above[cell] = max(value, above.get(cell, value))
            elif at < 0:
                below[cell] = min(value, below.get(cell, value))
        corners.append([(x, min(max(at, 0), top)) for x, at in zip(xs, ys, strict=True)])
    points = [
        _spaced(curve, chart, y, columns) if line.dot else []
        for line, curve in zip(chart.lines, curves, strict=True)
    ]
    lines = [
        (line.style, _with_blocks(cells_of(path), dots if line.dot == BLOCK else []))
        for line, path, dots in zip(chart.lines, corners, points, strict=True)
    ]
    both = shared(cells for style, cells in lines if style != "step")

    def put(cells: Iterable[Dot], glyph: str, style: str) -> None:
        for x, row in cells:
            canvas[-1 - row][x] = (glyph, style)

    for style, found in (*lines, (SHARED, both)):
        for (x, row), dots in found.items():
            canvas[-1 - row][x] = (braille(dots), style)
    for line, dotted in zip(chart.lines, points, strict=True):
        if line.dot and line.dot != BLOCK:
            cells = [(x // ACROSS, row // UP) for x, row in dotted]
            put((cell for cell in cells if cell not in both), line.dot, line.style)
            put((cell for cell in cells if cell in both), line.dot, SHARED)
    put(((x, y.rows - 1) for x in above), ABOVE, "warn")
    put(((x, 0) for x in below), BELOW, "warn")
    notes = []
    if above:
        says = tr("up to {value}", value=_figure(chart, max(above.values())))
        notes.append(Note(0, max(above, key=above.__getitem__), says))
    if below:
        says = tr("down to {value}", value=_figure(chart, min(below.values())))
        notes.append(Note(len(canvas) - 1, min(below, key=below.__getitem__), says))
    return notes


def _figure(chart: ChartSpec, value: float) -> str:
    """A value of the vertical axis with three digits; where it is logarithmic, what it is of."""
    value = 10.0**value if chart.log else value
    return percent(value) if chart.percent else rate(value)


def _spaced(curve: Visible, chart: ChartSpec, y: YAxis, columns: int) -> list[Dot]:
    """The points of a curve, as many as there is room for dots."""
    found: list[Dot] = []
    xs, ys = curve.points
    for x, row in zip(chart.x.dots(xs, columns), y.dots(ys), strict=True):
        if not found or x // ACROSS - found[-1][0] // ACROSS >= COLUMNS_A_DOT:
            found.append((x, min(max(row, 0), UP * y.rows - 1)))
    return found


def _with_blocks(cells: Cells, points: Iterable[Dot]) -> Cells:
    """The dots of a line and four around each of its points: marks at the height of the points."""
    for x, row in points:
        cell = x // ACROSS, row // UP
        low = min(max(row % UP - 1, 0), UP - 2)
        block = sum(column[low] | column[low + 1] for column in BITS)
        cells[cell] = cells.get(cell, 0) | block
    return cells


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
