"""The curve of a learning-rate range test."""

import numpy as np

from tui_dl.drawing.rate_curve import draw_rate_curve
from tui_dl.protocol.rate_range import RateRange


def drawn(suggestion: float | None) -> str:
    rates = np.geomspace(1e-7, 10, 100)
    losses = 2 - 1.5 / (1 + np.exp(-(np.log10(rates) + 3) * 4)) + np.where(rates > 1, 1e3, 0)
    found = RateRange(rates.tolist(), losses.tolist(), losses.tolist(), suggestion, None)
    rows = draw_rate_curve(found, 80, 15)
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)


def test_rates_and_the_suggestion_are_marked() -> None:
    rows = drawn(1e-3).splitlines()
    assert len(rows) == 15
    assert max(map(len, rows)) <= 80
    assert rows[-1].split() == [f"1e{power}" for power in range(-7, 2)]
    assert "lr 0.001" in rows[0]
    assert "1000" not in drawn(1e-3)  # where it explodes is cut, or nothing else would be seen


def test_without_a_suggestion_there_is_no_mark() -> None:
    assert "lr" not in drawn(None)
