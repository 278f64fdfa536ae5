"""Heat maps of several figures, one below the other."""

from __future__ import annotations

import pytest

from tests.drawing.test_layer_map import texts, vanishing
from tests.drawing.test_pictures import assert_boxed
from tui_dl.drawing.colours import Look
from tui_dl.drawing.layer_maps import fitting, layer_maps, most_rows
from tui_dl.drawing.styled_text import whole_pieces
from tui_dl.drawing.x_axis import XAxis

FIGURES = [vanishing(5), vanishing(3), vanishing(5)]
AXIS = XAxis(0, 4, per_epoch=10)


@pytest.mark.parametrize(("height", "shown"), [(1, 1), (13, 1), (14, 2), (21, 2), (22, 3), (90, 3)])
def test_as_many_are_shown_as_have_a_row_for_each_layer(height: int, shown: int) -> None:
    assert len(fitting(FIGURES, height)) == shown
    rows = layer_maps(FIGURES, AXIS, 80, height, Look("true"))
    assert_boxed(rows, 80, height)
    assert sum(row.startswith(" epoch") for row in texts(rows)) == min(shown, height // 4)
    assert len(rows) <= most_rows(FIGURES)


def test_one_cursor_reads_the_same_layer_in_all_of_them() -> None:
    rows = texts(layer_maps(FIGURES, AXIS, 80, 50, Look("true"), "dense_4"))
    assert sum("▸dense_4 " in row for row in rows) == 4


def test_what_is_read_off_stands_behind_the_title_of_a_map_below() -> None:
    first, *_, title = texts(layer_maps([vanishing(2)] * 2, AXIS, 58, 10, Look("true")))[:6]
    assert first.startswith(" dense_1")
    assert title == "Gradient norm  first/last 0.1"
    assert_boxed(layer_maps([vanishing(2)] * 2, AXIS, 20, 10, Look("true")), 20, 10)


def test_a_heading_ends_with_a_whole_piece() -> None:
    row = [("99.6 % right", "plain"), ("  rows: target", "dim"), (", columns: answer", "dim")]
    assert [len(whole_pieces(row, width)) for width in (5, 12, 26, 42, 43)] == [1, 1, 2, 2, 3]
