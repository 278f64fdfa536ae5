"""Where panels stand: a pure function of the size and of what they want."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from tui_dl.ui.panels.layout import Box, place
from tui_dl.ui.panels.panel import EVERY_TAB
from tui_dl.ui.panels.registry import panels
from tui_dl.ui.panels.tabs import NAMES


def box(
    name: str,
    tab: str = "curves",
    order: int = 1,
    weight: int = 1,
    rows: int = 1000,
    **more: object,
) -> Box:
    facts = {"beside": {}, "fills": {}, "least": Size(20, 4)} | more
    return Box(name, tab, order, weight=weight, rows=lambda width: rows, **facts)  # type: ignore[arg-type]


LOSS, METRIC = box("loss", most=110), box("metric", order=2, most=110)
METER = box("meter", "gradients", weight=0, rows=8, beside={"curves": 1})
PATIENCE = box("patience", order=3, weight=0, rows=5, beside={"curves": 1})
LESSON = box("lesson", "lesson", beside={"curves": 2})
STATUS = box("status", EVERY_TAB, weight=0, rows=2, least=Size(1, 1))
PLAYHEAD = box("playhead", EVERY_TAB, order=0, weight=0, rows=1, least=Size(1, 1))
ALL = [LOSS, METRIC, METER, PATIENCE, LESSON, STATUS, PLAYHEAD]

boxes = st.lists(
    st.builds(
        lambda *facts: facts,
        st.sampled_from((*NAMES, EVERY_TAB)),
        st.integers(0, 5),
        st.integers(0, 3),
        st.integers(0, 60),
        st.integers(0, 2),
        st.builds(Size, st.integers(1, 90), st.integers(1, 20)),
        st.none() | st.integers(0, 1),
    ),
    max_size=9,
)


@given(boxes, st.integers(0, 300), st.integers(0, 120), st.sampled_from(NAMES))
def test_nothing_overlaps_or_leaves_the_screen(
    wanted: list[tuple[str, int, int, int, int, Size, int | None]],
    width: int,
    height: int,
    tab: str,
) -> None:
    found = place(
        Size(width, height),
        tab,
        [
            box(
                f"{number}",
                of,
                order,
                weight,
                rows,
                least=least,
                beside={tab: column} if column else {},
                fills={} if fills is None else {tab: fills},
            )
            for number, (of, order, weight, rows, column, least, fills) in enumerate(wanted)
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
        assert place(Size(width, 40), "curves", ALL)["loss"].width <= 110
    assert place(Size(400, 40), "curves", [LOSS])["loss"].width == 110


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
    meter = METER._replace(beside={"gradients": 1})
    assert place(Size(120, 33), "gradients", [meter])["meter"].x == 0


def test_nothing_is_beside_what_is_not_there() -> None:
    assert place(Size(200, 33), "events", [LESSON._replace(beside={"events": 2})]) == {}


def test_what_stretches_stands_below_what_does_not() -> None:
    lesson = LESSON._replace(beside={"curves": 1}, order=0)
    found = place(Size(120, 40), "curves", [LOSS, METER, lesson])
    assert found["meter"].y == 0
    assert found["lesson"] == Region(found["meter"].x, 8, 44, 32)


def test_a_third_column_waits_where_the_second_would_be_hollow() -> None:
    found = place(Size(200, 40), "curves", [LOSS, METER, LESSON])
    assert (found["loss"].width, found["meter"].width) == (110, 90)
    assert found["lesson"] == Region(110, 8, 90, 32)


def test_what_is_beside_only_where_it_is_wide_leaves_a_narrow_screen_alone() -> None:
    events = box("events", "events", most=110)
    lesson = LESSON._replace(beside={"events": 2}, most=80)
    assert place(Size(120, 40), "events", [events, lesson]) == {"events": Region(0, 0, 120, 40)}
    assert place(Size(150, 40), "events", [events, lesson]) == {"events": Region(0, 0, 110, 40)}
    found = place(Size(200, 40), "events", [events, lesson])
    assert (found["events"].width, found["lesson"].width) == (110, 80)


def test_what_fills_has_only_the_rows_that_all_others_leave() -> None:
    lesson = box("lesson", "lesson", rows=20, beside={"curves": 1})
    table = box("table", "network", rows=14, fills={"curves": 1}, least=Size(40, 5))
    column = [LOSS, METER, lesson, table]
    assert place(Size(120, 60), "curves", column)["table"] == Region(76, 28, 44, 14)
    assert place(Size(120, 34), "curves", column)["table"].height == 6
    assert "table" not in place(Size(120, 32), "curves", column)
    assert place(Size(120, 60), "curves", [LOSS, table]) == {"loss": Region(0, 0, 120, 60)}
    assert "table" not in place(Size(90, 60), "curves", column)


def test_one_that_fills_comes_after_the_other() -> None:
    network, lesson = box("network", "network", rows=15), box("l", rows=20, fills={"network": 0})
    chart = box("chart", order=2, fills={"network": 0})
    found = place(Size(120, 60), "network", [network, chart, lesson])
    assert [found[it].height for it in ("network", "l", "chart")] == [15, 20, 25]


def test_pictures_of_events_leave_the_lesson_whole() -> None:
    events = box("events", "events", rows=12, most=110)
    lesson = LESSON._replace(beside={"events": 2}, rows=lambda width: 28)
    pictures = box("pictures", "pictures", fills={"events": 2}, least=Size(40, 10))
    panels = [events, lesson, pictures]
    found = place(Size(200, 50), "events", panels)
    assert found["lesson"] == Region(110, 0, 90, 28)
    assert found["pictures"] == Region(110, 28, 90, 22)
    assert place(Size(200, 50), "events", [events, pictures])["pictures"].height == 50
    assert place(Size(150, 50), "events", panels).keys() == {"events"}


def test_panels_are_found_in_their_folder() -> None:
    found = {panel.__module__.rpartition(".")[2]: panel for panel in panels()}
    assert {"loss_chart", "early_stopping", "status", "lesson", "events"} <= set(found)
    assert [it.ORDER for it in panels()] == sorted(it.ORDER for it in panels())
    assert all(it.TAB in (*NAMES, EVERY_TAB) for it in panels())


def test_a_panel_ends_where_it_has_no_more_to_say() -> None:
    events = box("events", "events", rows=12)
    assert place(Size(80, 40), "events", [events])["events"].height == 12
    lesson = box("lesson", "events", order=2, rows=50)
    found = place(Size(80, 40), "events", [events, lesson])
    assert (found["events"].height, found["lesson"].height) == (12, 28)
