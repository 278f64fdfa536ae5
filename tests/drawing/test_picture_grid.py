"""The grid of pictures: as many as fit, none smaller than it needs, nothing outside."""

from hypothesis import given
from hypothesis import strategies as st

from tests.drawing.test_pictures import assert_boxed
from tui_dl.drawing.picture_grid import BELOW, GAP, HEADING, arrange, tiled
from tui_dl.drawing.styled_text import StyledLine

LEAST = 36, 7


@given(st.integers(1, 20), st.integers(1, 300), st.integers(1, 100))
def test_a_grid_fits_and_no_picture_is_too_small(count: int, width: int, height: int) -> None:
    grid = arrange(count, LEAST, width, height)
    columns, rows, tile = grid
    assert grid.room >= 1
    if grid.room > 1:
        assert tile[0] >= LEAST[0]
        assert tile[1] >= LEAST[1]
        assert columns * (tile[0] + GAP) - GAP <= width
        assert rows * (tile[1] + HEADING + BELOW) - BELOW <= height
    assert (columns - 1) * rows < count or columns == 1  # no column and no row is empty
    assert columns * (rows - 1) < count or rows == 1


def test_the_pictures_are_as_large_as_they_can_be() -> None:
    assert arrange(8, LEAST, 56, 9)[:2] == (1, 1)
    assert arrange(8, LEAST, 76, 17)[:2] == (2, 2)
    assert arrange(8, LEAST, 116, 33)[:2] == (3, 3)
    assert arrange(1, LEAST, 116, 33)[:2] == (1, 1)
    assert arrange(2, LEAST, 116, 33)[:2] == (1, 2)
    assert arrange(8, LEAST, 200, 6)[:2] == (1, 1)  # too low for any


@given(st.integers(1, 9), st.integers(1, 200), st.integers(1, 60))
def test_nothing_leaves_the_grid(count: int, width: int, height: int) -> None:
    grid = arrange(count, LEAST, width, height)
    block: list[StyledLine] = [[("한국어" * 90, "plain")] for _ in range(90)]
    rows = tiled([block] * min(count, grid.room), grid)
    assert_boxed(rows, max(width, 1), max(height, 2))
