"""The row of the learning rate: its figure is whole in every language."""

from __future__ import annotations

import pytest

from tui_dl.drawing.rate_row import rate_row
from tui_dl.drawing.x_axis import XAxis
from tui_dl.spec.course.lesson import LANGUAGES
from tui_dl.support.translations import use


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rate", "shown"), [(3e-7, "3e-7"), (0.01, "0.01"), (0.00125, "1e-3")])
def test_the_rate_is_whole(rate: float, shown: str, language: str) -> None:
    use(language)
    try:
        row = rate_row(([1.0, 2.0], [2 * rate, rate]), XAxis(last=2), 40, None)
    finally:
        use("en")
    assert row[0][0].split() == ["lr", shown]
