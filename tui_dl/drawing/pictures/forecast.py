"""Forecasts of a time series drawn over its true values, beside the seasonal-naive forecast."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.arrays import Numbers, UnreadableError, numbers
from tui_dl.drawing.chart_spec import BLOCK, ChartSpec, Line
from tui_dl.drawing.colours import Look
from tui_dl.drawing.legend import legend
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.x_axis import XAxis
from tui_dl.protocol.artifact import Artifact
from tui_dl.support.formatting import short, written
from tui_dl.support.terminal_text import printable
from tui_dl.support.translations import tr

TITLE = "forecast over truth"
ORDER = 2
LEAST_SIZE = (60, 10)
WIDEST = 120
SIGNS = {"naive": "-", "truth": ".", "forecast": "o"}  # later ones over earlier ones
AXIS = 9  # cells of the vertical axis, at most


def draw(artifact: Artifact, width: int, height: int, look: Look) -> list[StyledLine]:
    """A curve each, of a value for every two columns.

    The legend has the root of the mean squared error of the forecasts, of all values.
    """
    whole = {name: numbers(artifact, name, 1) for name in SIGNS}
    if len({len(it) for it in whole.values()}) != 1:
        raise UnreadableError("its forecasts are not those of its values")
    width, height = min(width, WIDEST), max(height, 4)
    series = {name: it[: max((width - AXIS) // 2, 2)] for name, it in whole.items()}
    name = printable(" ".join(artifact.labels.get("name", []))) or tr("truth")
    errors = {it: _off(whole[it], whole["truth"]) for it in ("naive", "forecast")}
    horizon = printable(" ".join(artifact.labels.get("horizon", ["?"])))
    one, several = "one forecast is {count} value", "one forecast is {count} values"
    foot = f"{tr('test part')}; {tr(one if horizon == '1' else several, count=horizon)}"
    if look.ascii or not np.isfinite(list(series.values())).any():
        return [*_ascii(series, errors, name, width, height - 1), [(foot, "dim")]]
    from tui_dl.drawing.plot import plot  # plotext only where it draws

    def line(key: str, style: str, words: str, dot: str = "") -> Line:
        points = [float(it) for it in range(1, len(series[key]) + 1)], series[key].tolist()
        off = tr("off by {error}", error=errors[key]) if key in errors else ""
        return Line(words, points, style, off, dot)

    lines = (
        line("naive", "step", "last season again"),
        line("forecast", "train", "forecast"),
        line("truth", "validation", name, BLOCK),
    )
    axis = XAxis(1.0, float(max(len(series["truth"]), 2)))
    chart = ChartSpec(lines, x=axis, outliers=True)
    rows = plot(chart, width, height - 2)
    return [legend(chart, width), *rows, [(foot, "dim")]]


def _off(made: Numbers, truth: Numbers) -> str:
    """The root of the mean squared error, in words."""
    with np.errstate(over="ignore", invalid="ignore"):
        return written(float(np.sqrt(np.mean((made - truth) ** 2))))


def _ascii(
    series: dict[str, Numbers], errors: dict[str, str], name: str, width: int, height: int
) -> list[StyledLine]:
    """A sign for each value, in plain letters."""
    rows, room = max(height - 1, 1), max(width - AXIS, 1)
    finite = np.concatenate(list(series.values()))
    finite = finite[np.isfinite(finite)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    cells = [[" "] * room for _ in range(rows)]
    for key, sign in SIGNS.items():
        values = series[key][:room]
        share = (values - low) / ((high - low) or 1.0)
        for x, at in enumerate(share.tolist()):
            if at == at:
                cells[rows - 1 - min(max(int(at * rows), 0), rows - 1)][x] = sign
    words = {"naive": tr("last season again"), "truth": name, "forecast": tr("forecast")}
    said = (f"{sign} {words[key]} {errors.get(key, '')}" for key, sign in SIGNS.items())
    labels = {0: short(high), rows - 1: short(low)}
    return [
        [("  ".join(it.strip() for it in said), "plain")],
        *(
            [(f"{labels.get(y, ''):>{AXIS - 2}} |", "axis"), ("".join(row), "plain")]
            for y, row in enumerate(cells)
        ),
    ]
