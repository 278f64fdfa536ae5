"""The learning rate over a run as one row of bars, below the charts and on their axis."""

from __future__ import annotations

from bisect import bisect_right
from math import isfinite

from rich.cells import set_cell_size

from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.x_axis import XAxis
from tui_dl.drawing.y_axis import AXIS_WIDTH
from tui_dl.runs.view import Points

BARS = "▁▂▃▄▅▆▇█"
WORD = " lr "  # in every language: a longer word leaves the figure no cells
FRAME = 2  # cells of a chart's frame at each side
LABEL = FRAME + AXIS_WIDTH  # cells before the bars, which begin below the curves


def changes(rates: Points) -> bool:
    """Whether the learning rate is not the same all the time."""
    values = [rate for rate in rates[1] if isfinite(rate)]
    return bool(values) and min(values) != max(values)


def rate_row(rates: Points, x: XAxis, width: int, cursor: float | None) -> StyledLine:
    """A bar a column, as high as the rate is against the highest one.

    Args:
        rates: epochs, and learning rates after them.
        x: the charts' horizontal axis.
        width: cells of the charts with their frames.
        cursor: the epoch whose rate is written; None for the newest.
    """
    epochs, values = rates
    if not epochs:
        return []
    most = max((it for it in values if isfinite(it)), default=0.0) or 1.0
    shown = _at(rates, epochs[-1] if cursor is None else cursor)
    number = _brief(shown, LABEL - len(WORD) - 1)
    row: StyledLine = [(set_cell_size(WORD + number, LABEL), "dim")]
    columns, bars = width - LABEL - FRAME, ""
    for column in range(columns):
        epoch = x.epoch_at(column, columns)
        rate = _at(rates, epoch) if epoch <= epochs[-1] else 0.0
        height = rate / most * (len(BARS) - 1) if isfinite(rate) else 0.0
        bars += BARS[min(max(round(height), 0), len(BARS) - 1)] if epoch <= epochs[-1] else " "
    return [*row, (bars, "axis")]


def _at(rates: Points, epoch: float) -> float:
    """The rate of the last step up to an epoch; before the first one, of that."""
    return rates[1][max(bisect_right(rates[0], epoch) - 1, 0)]


def _brief(rate: float, cells: int) -> str:
    """A rate in so many cells: 0.002, 2e-3; ~0 where it is too small for them."""
    for text in (f"{rate:.3g}", f"{rate:.2g}", f"{rate:.1e}", f"{rate:.0e}"):
        mantissa, exponent, power = text.partition("e")
        text = f"{mantissa}e{int(power)}" if exponent else text
        if len(text) <= cells:
            return text
    return "~0"
