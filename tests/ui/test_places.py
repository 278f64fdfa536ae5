"""Where panels stand: a pure function of the size and of what they want."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from tui_dl.ui.panels.layout import MOST_CHARTS, Box, place
from tui_dl.ui.panels.panel import EVERY_TAB
from tui_dl.ui.panels.registry import panels
from tui_dl.ui.panels.tabs import NAMES


def box(
    name: str, tab: str = "curves", order: int = 1, weight: int = 1, rows: int = 5, **more: object
) -> Box:
    facts = {"beside": {}, "least": Size(20, 4)} | more
    return Box(name, tab, order, weight=weight, rows=lambda width: rows, **facts)  # type: ignore[arg-type]


LOSS, METRIC = box("loss"), box("metric", order=2)
METER = box("meter", "gradients", weight=0, rows=8, beside={"curves": 1})
PATIENCE = box("patience", order=3, weight=0, beside={"curves": 1})
LESSON = box("lesson", "lesson", beside={"curves": 2})
STATUS = box("status", EVERY_TAB, weight=0, rows=2, least=Size(1, 1))
PLAYHEAD = box("playhead", EVERY_TAB, order=0, weight=0, rows=1, least=Size(1, 1))
ALL = [LOSS, METRIC, METER, PATIENCE, LESSON, STATUS, PLAYHEAD]

boxes = st.lists(
    st.builds(
        lambda tab, order, weight, rows, column, least: (tab, order, weight, rows, column, least),
        st.sampled_from((*NAMES, EVERY_TAB)),
        st.integers(0, 5),
        st.integers(0, 3),
        st.integers(0, 60),
        st.integers(0, 2),
        st.builds(Size, st.integers(1, 90), st.integers(1, 20)),
    ),
    max_size=9,
)


@given(boxes, st.integers(0, 300), st.integers(0, 120), st.sampled_from(NAMES))
def test_nothing_overlaps_or_leaves_the_screen(
    wanted: list[tuple[str, int, int, int, int, Size]], width: int, height: int, tab: str
) -> None:
    found = place(
        Size(width, height),
        tab,
        [
            Box(str(number), it[0], it[1], {tab: it[4]} if it[4] else {}, it[5], it[2], rows)
            for number, it in enumerate(wanted)
            for rows in [lambda width, rows=it[3]: rows]
        ],
    )
    screen = Region(0, 0, width, height)
    for one in found.values():
        assert screen.contains_region(one)
    for one, other in combinations(found.values(), 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((60, 7), {"loss", "status", "playhead"}),
        ((80, 24), {"loss", "metric", "patience", "status", "playhead"}),
        ((100, 24), {it.name for it in ALL}),
        ((160, 24), {it.name for it in ALL}),
    ],
)
def test_columns_come_with_the_width(size: tuple[int, int], shown: set[str]) -> None:
    assert set(place(Size(*size), "curves", ALL)) == shown


def test_charts_end_where_more_columns_show_no_more() -> None:
    for width in (110, 160, 200, 250, 400):
        assert place(Size(width, 40), "curves", ALL)["loss"].width <= MOST_CHARTS
    assert place(Size(400, 40), "curves", [LOSS])["loss"].width == MOST_CHARTS


def test_more_rows_never_hide_a_panel() -> None:
    before = 0
    for height in range(3, 90):
        shown = len(place(Size(200, height), "curves", ALL))
        assert shown >= before
        before = shown
    assert before == len(ALL)


def test_rows_are_shared_by_weight_and_the_bottom_is_every_tabs() -> None:
    heavy = METRIC._replace(weight=2)
    found = place(Size(80, 33), "curves", [LOSS, heavy, STATUS, PLAYHEAD])
    assert found["playhead"] == Region(0, 32, 80, 1)
    assert found["status"] == Region(0, 30, 80, 2)
    assert found["loss"] == Region(0, 0, 80, 10)
    assert found["metric"] == Region(0, 10, 80, 20)


def test_a_maximised_panel_has_all_but_the_bottom() -> None:
    found = place(Size(200, 33), "curves", ALL, "meter")
    assert set(found) == {"meter", "status", "playhead"}
    assert found["meter"] == Region(0, 0, 200, 30)


def test_what_would_be_beside_takes_the_place_of_what_is_not_there() -> None:
    assert place(Size(120, 33), "curves", [METER])["meter"].x == 0


def test_panels_are_found_in_their_folder() -> None:
    found = {panel.__module__.rpartition(".")[2]: panel for panel in panels()}
    assert {"loss_chart", "early_stopping", "status", "lesson", "events"} <= set(found)
    assert [it.ORDER for it in panels()] == sorted(it.ORDER for it in panels())
    assert all(it.TAB in (*NAMES, EVERY_TAB) for it in panels())
