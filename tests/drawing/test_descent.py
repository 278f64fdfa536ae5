"""The path of an optimizer: what its letters mean is said whole, and the minimum is to be seen."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from tests.cases.observer import artifact
from tests.cases.observers.descent import DRAWN
from tui_dl.drawing.colours import Look
from tui_dl.drawing.pictures.descent import draw


@pytest.mark.parametrize("size", [(36, 20), (60, 12), (100, 30)])
def test_what_is_said_is_whole_where_there_are_rows_for_it(size: tuple[int, int]) -> None:
    rows = ["".join(it for it, _ in row) for row in draw(DRAWN, *size, Look())]
    text = "\n".join(rows)
    for says in ("M least 0.0000, 0.0000", "@ now 0.1000, -0.1000", "S start", "o 3 points"):
        assert says in text
    assert "weight 2 -1.0000..1.0000" in text
    assert "…" not in text
    assert len(rows) <= size[1]


def test_the_minimum_is_seen_where_the_path_has_come_to_it() -> None:
    path = np.array([[-1, -1], [0.5, 0], [0, 0]], np.float32)
    it = replace(DRAWN, arrays=DRAWN.arrays | artifact("descent", {"path": path}).arrays)
    text = "".join(it for row in draw(it, 60, 12, Look()) for it, _ in row)
    assert text.count("M") == 2  # on the map, and where it is said what it means
