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


@pytest.mark.parametrize(("height", "shown"), [(1, 1), (23, 1), (24, 2), (38, 2), (39, 3), (90, 3)])
def test_as_many_are_shown_as_have_two_rows_a_layer(height: int, shown: int) -> None:
    assert len(fitting(FIGURES, height)) == shown
    rows = layer_maps(FIGURES, AXIS, 80, height, Look("true"))
    assert_boxed(rows, 80, height)
    assert sum(row.startswith(" epoch") for row in texts(rows)) == min(shown, height // 4)
    assert len(rows) <= most_rows(FIGURES)


def test_one_cursor_reads_the_same_layer_in_all_of_them() -> None:
    rows = texts(layer_maps(FIGURES, AXIS, 80, 50, Look("true"), "dense_4"))
    assert sum(row.startswith("▸dense_4 after") or "▸dense_4 " in row[:10] for row in rows) == 4


def test_a_heading_ends_with_a_whole_piece() -> None:
    row = [("99.6 % right", "plain"), ("  rows: target", "dim"), (", columns: answer", "dim")]
    assert [len(whole_pieces(row, width)) for width in (5, 12, 26, 42, 43)] == [1, 1, 2, 2, 3]
