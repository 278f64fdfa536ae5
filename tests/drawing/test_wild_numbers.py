"""Any number takes a few cells, and any curve is drawn at once and inside its chart."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.wild import at_once, floats, whole_numbers
from tui_dl.drawing.chart_marks import ABOVE, BELOW
from tui_dl.drawing.chart_spec import BLOCK, ChartSpec, Line, Mark
from tui_dl.drawing.legend import legend
from tui_dl.drawing.plot import plot
from tui_dl.drawing.value_range import span
from tui_dl.drawing.x_axis import XAxis
from tui_dl.drawing.y_axis import AXIS_WIDTH
from tui_dl.support.formatting import count, duration, fixed, percent, rate, short, step_time, whole


@given(floats | whole_numbers)
def test_every_number_takes_a_few_cells(number: float) -> None:
    for words in (short(number), whole(number), count(number), fixed(number, 1), rate(number)):
        assert len(words) <= 9
    for words in (percent(number), duration(number), step_time(number)):
        assert len(words) <= 12


@settings(max_examples=40)
@given(
    st.lists(floats, max_size=40),
    st.lists(floats, max_size=40),
    floats,
    st.sampled_from([(20, 4), (66, 13), (150, 40)]),
    st.booleans(),
    st.booleans(),
)
def test_any_curve_is_drawn_at_once(
    steps: list[float],
    epochs: list[float],
    mark: float,
    size: tuple[int, int],
    log: bool,
    share: bool,
) -> None:
    width, height = size
    lines = (
        Line("each step", ([at / 4 for at in range(len(steps))], steps), "step"),
        Line("validation", (epochs, epochs[::-1]), "validation", short(mark), BLOCK),
    )
    chart = ChartSpec(
        lines, (Mark(mark, "best", "best"), Mark(1, "lr", "warn")), XAxis(last=10), share, log
    )
    with at_once():
        rows = plot(chart, width, height)
    assert len(rows) == height
    assert {cell_len("".join(text for text, _ in row)) for row in rows[:-1]} == {width}
    assert cell_len("".join(text for text, _ in legend(chart, width)).rstrip()) <= width


def test_a_spike_does_not_flatten_the_curve_and_is_marked() -> None:
    values = [1 / (1 + step / 10) for step in range(100)]
    values[60] = 1.7e38
    values[70] = -5e9
    line = Line("train", ([step / 10 for step in range(100)], values), "train")
    rows = [
        "".join(text for text, _ in row)
        for row in plot(ChartSpec((line,), (), XAxis(last=10)), 60, 12)
    ]
    column = AXIS_WIDTH + round(6.0 / 10 * 53)
    assert rows[0][column - 1 : column + 2].strip(" ⠀")
    assert rows[0].count(ABOVE) == 1
    assert "".join(rows).count(BELOW) == 1
    assert "1.0 ┤" in rows[0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, 0)),
        ([2.3, 0.5, 0.4], (0.4, 2.3)),
        ([nan, 1.0, inf], (1, 1)),
        ([2.3] + [0.4] * 99, (0.4, 2.3)),
        ([1e38] + [0.5 + it / 100 for it in range(20)], (0.5, 0.69)),
        ([-1e9, 1e9] + [it / 100 for it in range(40)], (0.0, 0.39)),
        ([10.0**it for it in range(6)], (1, 1e5)),
    ],
)
def test_an_axis_spans_all_but_the_wildest(
    values: list[float], expected: tuple[float, float]
) -> None:
    assert span([values]) == pytest.approx(expected)
