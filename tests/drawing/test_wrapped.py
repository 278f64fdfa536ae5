"""Texts in rows: what belongs together stays in one of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.drawing.test_layer_map import texts
from tui_dl.drawing.markdown import markdown
from tui_dl.drawing.wrapped import JOINT, wrapped

TEXT = "It took 5.5 s, and 0.4 % of 12 MB were in 28 × 28 pixels: 2 of the 3 that were left."
TOGETHER = ("5.5 s,", "0.4 %", "12 MB", "28 × 28")


@pytest.mark.parametrize("width", range(8, 90))
def test_a_number_and_its_unit_stand_in_one_row(width: int) -> None:
    for rows in (wrapped(TEXT, width), texts(markdown(TEXT, width))):
        assert " ".join(it.strip() for it in rows) == TEXT
        assert all(len(row) <= width for row in rows)
        assert all(sum(it in row for row in rows) == 1 for it in TOGETHER)
        assert JOINT not in "".join(rows)


def test_other_words_after_a_number_begin_a_row() -> None:
    rows = wrapped("of 10 in 12 to 14 held", 5)
    assert [last.split()[-1] for last, _ in pairwise(rows)] == ["10", "12", "14"]
