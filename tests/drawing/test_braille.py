"""Small curves: dots where the places say, and bars as high as they should be."""

from __future__ import annotations

import numpy as np

from tui_dl.drawing.bars import upright
from tui_dl.drawing.braille import Curve, draw_curves
from tui_dl.drawing.colours import Look


def texts(*curves: Curve, look: Look) -> list[str]:
    return ["".join(text for text, _ in row) for row in draw_curves(curves, 3, 2, look)]


def test_a_curve_goes_from_corner_to_corner() -> None:
    rising = Curve((0, 1), (0, 1), "train")
    assert texts(rising, look=Look()) == [" ⡠⠊", "⡔⠁ "]
    assert texts(rising, look=Look(ascii=True)) == [" **", "** "]


def test_what_is_beyond_or_not_a_number_stays_in_the_box() -> None:
    wild = Curve((0, 0.5, 1), (-5, float("nan"), 7), "train")
    assert texts(wild, look=Look(ascii=True)) == [" **", "** "]
    assert texts(Curve((), (), "train"), look=Look()) == ["   ", "   "]


def test_cells_of_two_curves_are_shared() -> None:
    flat, other = Curve((0, 1), (0, 0), "train"), Curve((0, 0.2), (0, 0), "validation", "o")
    rows = draw_curves([flat, other], 3, 1, Look(ascii=True))
    assert rows == [[("o", "shared"), ("**", "train")]]


def test_bars_stand_upright() -> None:
    assert upright(np.array([0, 8, 16, 1.0]), 2) == ["  █ ", " ██▁"]
    assert upright(np.array([0.0, 0.0]), 1) == ["  "]
    assert upright(np.array([1, 0.001]), 1, ascii=True) == ["@."]
