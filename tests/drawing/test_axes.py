"""The axes of a chart: labels equally far apart, no waste, and places that are found again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui_dl.drawing.ticks import LABEL
from tui_dl.drawing.x_axis import UNITS, Unit, XAxis
from tui_dl.drawing.y_axis import DOTS, linear_axis, log_axis

rows = st.integers(2, 60)
sizes = st.floats(-1e6, 1e6)


@given(sizes, st.floats(1e-3, 1e6), rows, st.booleans())
def test_labels_are_evenly_apart_and_the_range_is_on_the_axis(
    low: float, width: float, rows: int, percent: bool
) -> None:
    if percent:
        low, width = abs(low) / 1e6, width / 1e6
    high = low + width
    axis = linear_axis(low, high, rows, percent)
    assert all(0 <= row < rows and len(label) <= LABEL for row, label in axis.labels)
    assert len({after - before for (before, _), (after, _) in pairwise(axis.labels)}) <= 1
    for value in (low, high):
        seen = min(max(value, 0.0), 1.0) if percent else value
        assert -1 <= axis.dots([seen])[0] <= DOTS * rows
        assert rows == 2 or 0 <= axis.dots([seen])[0] < DOTS * rows


@given(st.floats(-4e3, 4e3), st.floats(1e-2, 4e3), rows)
def test_no_axis_wastes_half_of_its_rows(low: float, width: float, rows: int) -> None:
    axis = linear_axis(low, low + width, max(rows, 8))
    bottom, top = axis.dots([low, low + width])
    used = top - bottom
    assert used >= 0.4 * DOTS * axis.rows or width < 2e-2 * abs(low)


def test_an_axis_reaches_zero_only_where_that_takes_few_rows() -> None:
    assert linear_axis(0.1, 2.3, 13).bottom == 0
    assert linear_axis(2.0, 2.3, 13).bottom > 1.9
    assert linear_axis(0.85, 0.99, 13, percent=True).bottom > 0.8
    assert linear_axis(0.85, 0.99, 13, percent=True).labels[-1][1] == "100%"
    assert linear_axis(0.1, 0.98, 13, percent=True).labels[0] == (0, "0%")


@given(st.floats(-99, 98), st.floats(0, 150), rows)
def test_a_log_axis_has_all_values_and_no_label_beyond_it(
    low: float, width: float, rows: int
) -> None:
    high = min(low + width, 99.0)
    axis = log_axis(low, high, rows)
    assert all(0 <= row < rows and len(label) <= LABEL for row, label in axis.labels)
    assert rows == 2 or 0 <= axis.dots([low])[0] <= axis.dots([high])[0] < DOTS * rows


@given(
    st.floats(0, 100), st.floats(0.01, 100), st.sampled_from(UNITS), st.integers(8, 200),
    st.lists(st.floats(0.001, 10), min_size=2, max_size=20), st.data(),
)  # fmt: skip
def test_the_epoch_of_a_column_is_in_that_column(
    first: float, width: float, unit: Unit, columns: int, times: list[float], data: st.DataObject
) -> None:
    knots = [float(sum(times[: at + 1])) for at in range(len(times))]
    axis = XAxis(first, first + width, unit, 20, ([10.0 * at for at in range(len(times))], knots))
    column = data.draw(st.integers(0, columns - 1))
    assert abs(axis.column(axis.epoch_at(column, columns), columns) - column) <= 1
    places = axis.dots([first, first + width / 2, first + width], columns)
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 2 * columns - 1)
    ticks = axis.ticks(columns)
    assert ticks
    assert all(0 <= at < columns for at, _ in ticks)


def test_labels_say_the_unit() -> None:
    pace = ([0.0, 10.0], [0.0, 3000.0])
    assert [label for _, label in XAxis(0, 10).ticks(40)] == ["0", "5", "10"]
    assert [label for _, label in XAxis(0, 10, "step", 200).ticks(40)] == [
        "0", "500", "1,000", "1,500", "2,000",
    ]  # fmt: skip
    times = [label for _, label in XAxis(0, 10, "time", 200, pace).ticks(60)]
    assert times[:2] == ["0:00", "10:00"]
    assert [label for _, label in XAxis(3, 3.4).ticks(40)] == [
        "3.0", "3.1", "3.2", "3.3", "3.4",
    ]  # fmt: skip
