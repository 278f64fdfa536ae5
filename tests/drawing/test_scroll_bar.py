"""What does not fit is said: by a bar, by marks, or by how many rows there are more."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drawing.test_layer_map import texts
from tests.drawing.test_pictures import DRAWN
from tui_dl.drawing import picture
from tui_dl.drawing.colours import Look
from tui_dl.drawing.confusion_table import Matrix, around
from tui_dl.drawing.scroll_bar import AFTER, BEFORE, THUMB, TRACK, with_bar
from tui_dl.drawing.styled_text import StyledLine, shortened

TEN = Matrix(np.eye(10), [*"abcdefghij"])
ROWS: list[StyledLine] = [[(letter, "plain")] for letter in "abcdef"]


@pytest.mark.parametrize("count", [7, 8, 20, 10_000])
def test_the_bar_is_at_an_end_only_where_nothing_is_beyond_it(count: int) -> None:
    for first in range(count - len(ROWS) + 1):
        shown = range(first, first + len(ROWS))
        rows = texts(with_bar(ROWS, shown, count, 9, Look()))
        assert {len(row) for row in rows} == {9}
        bar = "".join(row[-1] for row in rows)
        assert bar.strip(TRACK).strip(THUMB) == ""
        if bar.count(THUMB) + 2 <= len(ROWS):
            assert bar.startswith(THUMB) == (first == 0)
            assert bar.endswith(THUMB) == (shown.stop == count)


def test_where_all_is_shown_there_is_no_bar() -> None:
    assert with_bar(ROWS, range(6), 6, 9, Look()) == ROWS
    signs = {THUMB, TRACK, BEFORE, AFTER}
    assert not signs & set("".join(texts(around(TEN, (5, 4), 40, 12, Look()))))


@pytest.mark.parametrize(("row", "ends"), [(0, THUMB + TRACK), (9, TRACK + THUMB)])
def test_a_matrix_with_more_rows_has_a_bar(row: int, ends: str) -> None:
    head, *rows, _ = texts(around(TEN, (row, 0), 40, 8, Look()))
    assert [rows[0][-1] + rows[-1][-1], {len(it) for it in rows}] == [ends, {40}]
    assert not {BEFORE, AFTER} & set(head)


@pytest.mark.parametrize(("at", "marks"), [(0, AFTER), (5, BEFORE + AFTER), (9, BEFORE)])
def test_a_matrix_with_more_columns_has_marks(at: int, marks: str) -> None:
    head, *_ = texts(around(TEN, (0, at), 20, 12, Look()))
    assert "".join(it for it in head if it in BEFORE + AFTER) == marks
    assert len(head) <= 20


def test_rows_that_do_not_fit_are_counted() -> None:
    assert texts([*shortened(ROWS, 4)]) == ["a", "b", "c", "… 3 more"]
    assert shortened(ROWS, 6) == ROWS
    assert shortened([*ROWS, []], 6)[:6] == ROWS  # nothing is missing of it


@pytest.mark.parametrize("kind", ["backprop", "histograms", "running_score", "tagged"])
def test_a_list_that_is_cut_says_how_much_is_missing(kind: str) -> None:
    def drawn(height: int) -> list[str]:
        return texts(picture.draw(DRAWN[kind], 36, height, Look()))

    whole = drawn(60)
    assert "more" not in whole[-1]
    assert drawn(6)[-1] == f"… {len(whole) - 5} more"
