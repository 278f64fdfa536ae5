"""Curves on a chart: any numbers, cells that are shared, values beyond the axis, marks."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.drawing.charts import canvas, dots, plain
from tui_dl.drawing.chart_marks import ABOVE, BELOW
from tui_dl.drawing.chart_spec import BLOCK, SECOND_DOT, ChartSpec, Line, Mark
from tui_dl.drawing.legend import legend
from tui_dl.drawing.plot import plot, with_moments
from tui_dl.drawing.raster import cells_of, dots_of, shared
from tui_dl.drawing.x_axis import UNITS, Unit, XAxis
from tui_dl.drawing.y_axis import AXIS_WIDTH

HARD = [0.0, -0.0, 1.0, nan, inf, -inf, 1e-45, 5e-324, 1e38, -1e38, 1e300, -1.7e308]
floats = st.sampled_from(HARD) | st.integers(0, 2**64 - 1).map(
    lambda bits: float(struct.unpack("<d", struct.pack("<Q", bits))[0])
)
curves = st.one_of(
    st.lists(floats, max_size=40),
    st.tuples(floats, st.integers(1, 30)).map(lambda it: [it[0]] * it[1]),  # constant
)
sizes = st.sampled_from([(20, 3), (24, 4), (41, 6), (66, 13), (150, 40)])


def test_a_chart_leaves_nothing_on_the_next_one_with_its_axes() -> None:
    """What plotext draws is kept for charts with the same axes."""
    one = ChartSpec((Line("train", ([0.0, 1.0], [0.0, 1.0]), "train"),))
    other = replace(
        one,
        lines=(Line("train", ([0.0, 0.5, 1.0], [1.0, 0.0, 1.0]), "step"),),
        marks=(Mark(0.5, "best", "best"),),
    )
    first = plot(one, 41, 8)
    assert plot(other, 41, 8) != first == plot(one, 41, 8)


@settings(max_examples=150, deadline=None)
@given(
    curves, curves, floats, sizes, st.booleans(), st.booleans(), st.booleans(),
    st.tuples(st.floats(0, 9), st.floats(1e-6, 10)), st.sampled_from(UNITS),
    st.lists(st.floats(0, 1e38), max_size=8),
)  # fmt: skip
def test_any_numbers_are_drawn_within_the_chart(
    steps: list[float], epochs: list[float], place: float, size: tuple[int, int], log: bool,
    share: bool, outliers: bool, window: tuple[float, float], unit: Unit, seconds: list[float],
) -> None:  # fmt: skip
    width, height = size
    times = sorted(seconds)
    x = XAxis(window[0], sum(window), unit, 7, ([it / 2 for it in range(len(times))], times))
    chart = ChartSpec(
        (
            Line("each step", ([at / 4 for at in range(len(steps))], steps), "step"),
            Line("train", ([at / 3 for at in range(len(epochs))], epochs), "train", "0.1"),
            Line("validation", (epochs, epochs[::-1]), "validation", "0.5", BLOCK),
        ),
        (Mark(place, "best", "best"), Mark(1, "lr", "warn")),
        x, share, log, outliers, cursor=place, playhead=1.0, note="step 12, epoch 3.40",
    )  # fmt: skip
    rows = with_moments(plot(chart, width, height), chart, width)
    assert len(rows) == height
    assert {cell_len(row) for row in plain(rows)} == {width}
    assert {row[AXIS_WIDTH - 1] for row in plain(rows)[:-1]} <= set("│┤")
    assert cell_len("".join(plain([legend(chart, width)]))) <= width


paths = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 39)), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(paths)
def test_dots_are_those_that_plotext_sets(path: list[tuple[int, int]]) -> None:
    path = sorted(path, key=lambda dot: dot[0])
    x = XAxis(last=59)
    values = [float(y) for _, y in path]
    line = Line("train", ([float(at) for at, _ in path], values), "train")
    frame = Line("validation", ([], []), "validation")
    chart = ChartSpec((line, frame), (), x, outliers=True)
    rows = canvas(plot(chart, 30 + AXIS_WIDTH, 11))
    drawn = {
        (2 * column + right, 4 * (len(rows) - 1 - row) + up)
        for row, cells in enumerate(rows)
        for column, (cell, _) in enumerate(cells)
        for right, up in dots(cell)
    }
    corners = {dot for dot in drawn if dot[0] in {at for at, _ in path}}
    assert corners  # where they stand is for the axis to say
    heights = _heights(path, drawn)
    assert drawn == dots_on([(at, heights[y]) for at, y in path])


def dots_on(line: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The dots of a line."""
    return {(x, y) for x, y in dots_of(line).tolist()}


def _heights(path: list[tuple[int, int]], drawn: set[tuple[int, int]]) -> dict[int, int]:
    """Rows of dots of a path's values, by the axis that `plot` makes for them."""
    from tui_dl.drawing.y_axis import linear_axis

    values = [float(y) for _, y in path]
    axis = linear_axis(min(values), max(values), 10)
    return {y: axis.dots([float(y)])[0] for _, y in path}


def test_cells_of_two_lines_have_the_dots_of_both() -> None:
    down, up = [(0, 0), (59, 39)], [(0, 39), (59, 0)]
    both = shared(map(cells_of, (down, up)))
    assert both
    for cell, found in both.items():
        own = {
            dot for line in (down, up) for dot in dots_on(line)
            if (dot[0] // 2, dot[1] // 4) == cell
        }  # fmt: skip
        assert found == sum(cells_of([dot])[cell] for dot in own)
    assert shared([cells_of(down)]) == {}


def test_lines_that_cross_are_told_where_they_do_and_validation_is_on_top() -> None:
    falling = Line("train", ([0.0, 10.0], [1.0, 0.0]), "train")
    rising = Line("validation", ([0.0, 10.0], [0.0, 1.0]), "validation", "", BLOCK)
    rows = canvas(plot(ChartSpec((falling, rising), (), XAxis(last=10)), 67, 13))
    found = {style for row in rows for cell, style in row if cell != " "}
    assert found == {"train", "validation", "shared"}
    crossing = [
        column for row in rows for column, (_, style) in enumerate(row) if style == "shared"
    ]
    assert crossing
    assert all(abs(column - 30) <= 3 for column in crossing)
    same = ChartSpec((falling, replace(falling, name="validation")), (), XAxis(last=10))
    assert {style for row in canvas(plot(same, 67, 13)) for c, style in row if c != " "} == {
        "shared"
    }


def test_an_epochs_dot_is_in_the_cell_of_its_line() -> None:
    xs, ys = [0.5 + at for at in range(10)], [1 / (1 + at) for at in range(10)]
    line = Line("validation", (xs, ys), "validation")
    bare, dotted = (
        canvas(plot(ChartSpec((replace(line, dot=dot),), (), XAxis(last=10)), 67, 13))
        for dot in ("", SECOND_DOT)
    )
    pairs = [
        (before, now)
        for old, new in zip(bare, dotted, strict=True)
        for (before, _), (now, _) in zip(old, new, strict=True)
        if before != now
    ]
    assert len(pairs) == 10
    assert all(now == SECOND_DOT and dots(before) for before, now in pairs)


def test_blocks_of_a_flat_line_are_as_high_as_the_line() -> None:
    for value in (0.30, 0.33, 0.36, 0.39):
        ends = Line("train", ([0.0, 10.0], [0.0, 1.0]), "train")
        flat = Line("validation", ([2.0, 5.0, 8.0], [value] * 3), "validation")
        bare, marked = (
            canvas(plot(ChartSpec((ends, replace(flat, dot=dot)), (), XAxis(last=10)), 67, 13))
            for dot in ("", BLOCK)
        )
        lit = [
            [sum(ord(sign) - 0x2800 & bits > 0 for sign, style in row if style == "validation")
             for bits in (0x09, 0x12, 0x24, 0xC0) for row in rows]
            for rows in (bare, marked)
        ]  # fmt: skip
        assert sum(map(bool, lit[0])) == 1  # the line is one dot high
        assert sum(map(bool, lit[1])) == 2  # and so it stays, but for one dot beside each point
        assert lit[0].index(max(lit[0])) == lit[1].index(max(lit[1]))


def test_a_spike_is_marked_and_shown_whole_on_request() -> None:
    values = [0.5 - step / 1000 for step in range(100)]
    values[60], values[70] = 4.0, -2.0
    line = Line("train", ([step / 10 for step in range(100)], values), "train")
    chart = ChartSpec((line,), (), XAxis(last=10))
    rows = plain(plot(chart, 60, 12))
    assert rows[0].count(ABOVE) == 1
    assert rows[-2].count(BELOW) == 1
    assert rows[0].index(ABOVE) - AXIS_WIDTH == round(6.0 / 10 * 52)
    assert f"{ABOVE} up to 4" in rows[0]
    assert f"{BELOW} down to -2" in rows[-2]
    whole = "\n".join(plain(plot(replace(chart, outliers=True), 60, 12)))
    assert ABOVE not in whole
    assert BELOW not in whole
    assert "up to" not in whole
    assert "4 ┤" in whole


@pytest.mark.parametrize("best", [0.3, 0.5, 1.0, 5.0, 9.0, 10.0])
def test_no_word_touches_the_arrows_of_values_beyond_the_axis(best: float) -> None:
    values = [0.5 - step / 1000 for step in range(100)]
    for spike in (1, 4, 50, 52, 97):
        values[spike] = 8.0
    line = Line("train", ([step / 10 for step in range(100)], values), "train")
    chart = ChartSpec((line,), (Mark(best, "best 1", "best"),), XAxis(last=10))
    for width in range(30, 90):
        rows = plain(plot(chart, width, 8))
        assert ABOVE in rows[0]
        for row in rows:
            assert not re.search(f"[{ABOVE}{BELOW}][a-z]|[a-z0-9][{ABOVE}{BELOW}]", row)


def test_how_far_a_spike_goes_is_in_the_unit_of_the_axis() -> None:
    values = [0.9 + step / 1000 for step in range(50)]
    values[20] = 0.123
    line = Line("train", ([step / 10 for step in range(50)], values), "train")
    drawn = "\n".join(plain(plot(ChartSpec((line,), (), XAxis(last=5), percent=True), 60, 12)))
    assert f"{BELOW} down to 12.3 %" in drawn
    values[20] = 1e-30
    drawn = "\n".join(plain(plot(ChartSpec((line,), (), XAxis(last=5), log=True), 60, 12)))
    assert f"{BELOW} down to 1e-30" in drawn


def test_the_axis_follows_what_is_visible() -> None:
    xs = [step / 10 for step in range(1, 101)]
    line = Line("train", (xs, [10 / x for x in xs]), "train")
    late = plain(plot(ChartSpec((line,), (), XAxis(8, 10)), 60, 13))
    labels = [float(row[:5]) for row in late[:-1] if row[:5].strip()]
    assert min(labels) >= 0.9
    assert max(labels) <= 1.4
    assert {row[AXIS_WIDTH] for row in late[:-1]} - {" "}  # the curve comes in at the left edge
    assert {row[-1] for row in late[:-1]} - {" "}


def test_marks_side_by_side_do_not_hide_each_other() -> None:
    low = Line("train", ([0.0, 10.0], [0.0, 0.01]), "train")
    near = [Mark(4 + at / 5, f"lr {at}", "warn") for at in range(8)]
    rows = plot(ChartSpec((low,), (*near, Mark(4.2, "best 4", "best")), XAxis(last=10)), 67, 20)
    lines = [x for x, (cell, _) in enumerate(canvas(rows)[-4]) if cell == "│"]
    assert len(lines) > 1
    assert all(after - before > 1 for before, after in pairwise(lines))
    assert "best" in {style for row in canvas(rows) for cell, style in row if cell == "│"}
    assert "best 4" in "\n".join(plain(rows))


@pytest.mark.parametrize("log", [False, True])
def test_single_points_that_are_nearly_alike_are_not_far_apart(log: bool) -> None:
    lines = tuple(
        Line(name, ([1.0], [value]), name, dot="o")
        for name, value in (("train", 9.4849), ("validation", 9.4852))
    )
    rows = plain(plot(ChartSpec(lines, (), XAxis(last=9), log=log), 60, 12))
    assert sum("o" in row[AXIS_WIDTH:] for row in rows) == 1
    labels = [float(row[: AXIS_WIDTH - 2]) for row in rows[:-1] if row[: AXIS_WIDTH - 2].strip()]
    assert max(labels) - min(labels) >= 2


def test_the_playhead_does_not_run_through_words() -> None:
    line = Line("train", ([0.0, 10.0], [0.8, 0.2]), "train")
    chart = ChartSpec((line,), (Mark(5.0, "best 15", "best"),), XAxis(last=10))
    drawn = plot(chart, 67, 13)
    (row,) = (it for it in plain(drawn) if "best 15" in it)
    gap = row.index("best 15") + len("best")
    at = next(x for it in range(101) if chart.x.column(x := it / 10, 60) == gap - AXIS_WIDTH)
    shown = plain(with_moments(drawn, replace(chart, playhead=at), 67))
    assert any("best 15" in it for it in shown)
    assert sum(it[gap] == "┊" for it in shown) >= 9


def test_what_an_arrow_says_does_not_stick_to_the_curve() -> None:
    values = [0.5 - step / 1000 for step in range(100)]
    values[60] = 4.0
    line = Line("train", ([step / 10 for step in range(100)], values), "train")
    beside = Line("validation", ([6.15, 6.16], [0.5, 0.5]), "validation")
    chart = ChartSpec((line, beside), (), XAxis(last=10))
    (row,) = (it for it in plain(plot(chart, 60, 12)) if ABOVE in it)
    start = row.index("up to")
    assert row[start - 1] == row[start + len("up to 4")] == " "


def test_playhead_and_cursor_have_a_column_of_their_own_behind_the_curves() -> None:
    line = Line("train", ([0.0, 10.0], [0.2, 0.8]), "train")
    chart = ChartSpec((line,), (), XAxis(last=10), cursor=2.0, playhead=7.0)
    drawn = plot(chart, 67, 13)
    rows = plain(with_moments(drawn, chart, 67))
    for glyph, epoch in (("╎", 2), ("┊", 7)):
        column = AXIS_WIDTH + chart.x.column(epoch, 60)
        seen = [row[column] for row in rows[:-1]]
        assert seen.count(glyph) >= 10
        assert any(dots(cell) for cell in seen)
    outside = replace(chart, cursor=11.0, playhead=None)
    assert with_moments(drawn, outside, 67) == drawn
