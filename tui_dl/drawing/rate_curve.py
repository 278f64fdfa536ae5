"""The curve of a learning-rate range test: the loss over the logarithm of the rate."""

from __future__ import annotations

from math import floor, log10

from tui_dl.drawing.chart_spec import ChartSpec, Line, Mark
from tui_dl.drawing.plot import plot
from tui_dl.drawing.styled_text import StyledLine
from tui_dl.drawing.x_axis import XAxis
from tui_dl.protocol.rate_range import RateRange
from tui_dl.support.formatting import rate


def draw_rate_curve(it: RateRange, width: int, height: int) -> list[StyledLine]:
    """The smoothed loss in `width` x `height` cells, with a mark at the suggested rate.

    Before the loss explodes is what one looks at: a higher loss than the first stands at the edge.
    """
    first, last = log10(it.rates[0]), log10(it.rates[-1])
    top = 1.5 * max(it.smooth[0], min(it.smooth))
    places = [log10(each) - first for each in it.rates]
    kept = [(x, y) for x, y in zip(places, it.smooth, strict=True) if y <= top]
    marks: tuple[Mark, ...] = ()
    if it.suggestion is not None:
        marks = (Mark(log10(it.suggestion) - first, f"lr {rate(it.suggestion)}", "best"),)
    powers = range(round(first), floor(last) + 1)
    return plot(
        ChartSpec(
            (Line("loss", ([x for x, _ in kept], [y for _, y in kept]), "train"),),
            marks,
            XAxis(
                last=last - first,
                labels=tuple((power - first, f"1e{power}") for power in powers),
            ),
        ),
        width,
        height,
    )
